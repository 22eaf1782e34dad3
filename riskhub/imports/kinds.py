"""What a file is, by its content and its name, before any of it is parsed."""

from pathlib import PurePath

from django.utils.translation import gettext_noop as _

from riskhub.imports.limits import MEBIBYTE, Limits
from riskhub.imports.sentences import refuse

TEXT_ENDINGS = frozenset({".csv", ".tsv", ".tab", ".txt"})
MACRO_ENDINGS = frozenset({".xlsm", ".xltm", ".xlam", ".xla"})
LATER_ENDINGS = frozenset({".xlt", ".ots", ".fods", ".xlsb", ".et", ".numbers"})
PACKAGES = {".xlsx": "xlsx", ".ods": "ods"}
BOOK_ENDINGS = frozenset({".xlsx", ".xls", ".ods"})
MARKDOWN_ENDINGS = frozenset({".md", ".markdown", ".mdown"})

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OTHER_CONTENT = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh",
    b"\x7fELF", b"MZ", b"{\\rtf", b"SQLite format 3",
)  # fmt: skip
MACROS = _("Workbooks with macros (%(ending)s) are refused. Save it as .xlsx without macros.")
PROTECTED = _("The workbook is protected by a password. Remove the password and save it again.")
NOT_READ = _("Files ending in %(ending)s are not read. Save the table as .xlsx or .csv.")
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<svg")


def kind_of(data: bytes, filename: str, limits: Limits) -> str:
    """One of xlsx, xls, ods, csv. Everything else is refused with what to do instead."""
    ending = PurePath(filename).suffix.lower()
    if not data:
        raise refuse(_("The file is empty. Choose a file with a table in it."))
    if len(data) > limits.file_bytes:
        raise refuse(
            _("The file has %(size)s MB, the limit is %(limit)s MB. Split it into several files."),
            size=f"{len(data) / MEBIBYTE:.1f}",
            limit=limits.file_bytes // MEBIBYTE,
        )
    refuse_by_ending(ending)
    if data.startswith(COMPOUND):
        return compound_kind(data, ending)
    if data.startswith(ZIP):
        return zip_kind(ending)
    return text_kind(data, ending)


def refuse_by_ending(ending: str) -> None:
    if ending in MACRO_ENDINGS:
        raise refuse(MACROS, ending=ending)
    if ending in LATER_ENDINGS:
        raise refuse(NOT_READ, ending=ending)
    if ending in MARKDOWN_ENDINGS:
        raise refuse(
            _(
                "This is a Markdown text, not a table file. Copy its table into a sheet, save it as .xlsx."
            ),
        )


def compound_kind(data: bytes, ending: str) -> str:
    """The container of old .xls files and of workbooks with a password."""
    if ENCRYPTED in data:
        raise refuse(PROTECTED)
    if ending != ".xls":
        raise refuse_name(ending, ".xls") if ending in BOOK_ENDINGS else refuse_archive(ending)
    return "xls"


def zip_kind(ending: str) -> str:
    if ending == ".xls":
        raise refuse_name(ending, ".xlsx")
    if ending not in PACKAGES:
        raise refuse_archive(ending)
    return PACKAGES[ending]


def refuse_archive(ending: str) -> Exception:
    if ending not in TEXT_ENDINGS:
        return refuse_type(ending)
    return refuse(
        _("The name ends in %(ending)s, but the content is a workbook or archive. "
          "Give it its right name, for example with .xlsx."),
        ending=ending,
    )  # fmt: skip


def refuse_name(ending: str, right: str) -> Exception:
    """A workbook of one kind under the name of another."""
    return refuse(
        _("The name ends in %(ending)s, but the content is that of a %(right)s file. "
          "Give it its right name, with %(right)s."),
        ending=ending,
        right=right,
    )  # fmt: skip


def text_kind(data: bytes, ending: str) -> str:
    if ending in BOOK_ENDINGS:
        raise refuse_text(data, ending)
    if ending not in TEXT_ENDINGS:
        raise refuse_type(ending)
    if data.startswith(OTHER_CONTENT) or is_markup(data):
        raise refuse(
            _("The name ends in %(ending)s, but the content is no table of text. "
              "Save the table as .xlsx or .csv."),
            ending=ending,
        )  # fmt: skip
    return "csv"


def is_markup(data: bytes) -> bool:
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP)


def refuse_text(data: bytes, ending: str) -> Exception:
    """Many programs write a page or a text for the browser and call it a workbook."""
    if is_markup(data):
        return refuse(
            _("The name ends in %(ending)s, but the content is a web page. "
              "Open it in a spreadsheet program and save it as .xlsx."),
            ending=ending,
        )  # fmt: skip
    return refuse(
        _("The name ends in %(ending)s, but the content is no workbook. "
          "Open it in the program that made it and save it as .xlsx."),
        ending=ending,
    )  # fmt: skip


def refuse_type(ending: str) -> Exception:
    if not ending:
        return refuse(
            _("The file name has no ending. RiskHub reads XLSX, XLS and ODS workbooks and CSV text: "
              "give it its right name, with .xlsx or .csv."),
        )  # fmt: skip
    return refuse(
        _("RiskHub reads XLSX, XLS and ODS workbooks and CSV text, not “%(ending)s”. "
          "Save the table as .xlsx or .csv."),
        ending=ending,
    )  # fmt: skip
