"""What a file is, by its content and its name, before any of it is parsed."""

from pathlib import PurePath

from django.utils.translation import gettext_noop as _

from riskhub.imports.limits import MEBIBYTE, Limits
from riskhub.imports.sentences import refuse

TEXT_ENDINGS = frozenset({".csv", ".tsv", ".tab", ".txt"})
MACRO_ENDINGS = frozenset({".xlsm", ".xltm", ".xlam", ".xla"})
LATER_ENDINGS = frozenset({".xls", ".xlt", ".ods", ".ots", ".fods", ".xlsb", ".et", ".numbers"})
MARKDOWN_ENDINGS = frozenset({".md", ".markdown", ".mdown"})

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OTHER_CONTENT = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh",
    b"\x7fELF", b"MZ", b"{\\rtf", b"SQLite format 3",
)  # fmt: skip
MACROS = _("Workbooks with macros (%(ending)s) are refused. Save it as .xlsx without macros.")
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<svg")


def kind_of(data: bytes, filename: str, limits: Limits) -> str:
    """Either xlsx or csv. Everything else is refused with what to do instead."""
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
        refuse_compound(data)
    if data.startswith(ZIP):
        return zip_kind(ending)
    return text_kind(data, ending)


def refuse_by_ending(ending: str) -> None:
    if ending in MACRO_ENDINGS:
        raise refuse(MACROS, ending=ending)
    if ending in LATER_ENDINGS:
        raise refuse(
            _("Files ending in %(ending)s are not read yet. Save the table as .xlsx or .csv."),
            ending=ending,
        )
    if ending in MARKDOWN_ENDINGS:
        raise refuse(
            _(
                "This is a Markdown text, not a table file. Copy its table into a sheet, save it as .xlsx."
            ),
        )


def refuse_compound(data: bytes) -> None:
    """The container of old .xls files and of workbooks with a password."""
    if ENCRYPTED in data:
        raise refuse(
            _("The workbook is protected by a password. Remove the password and save it again."),
        )
    raise refuse(_("This is an old Excel file (.xls inside). Open it and save it as .xlsx."))


def zip_kind(ending: str) -> str:
    if ending in TEXT_ENDINGS:
        raise refuse(
            _("The name ends in %(ending)s, but the content is a workbook or archive. "
              "Give it its right name, for example with .xlsx."),
            ending=ending,
        )  # fmt: skip
    if ending != ".xlsx":
        raise refuse_type(ending)
    return "xlsx"


def text_kind(data: bytes, ending: str) -> str:
    if ending == ".xlsx":
        raise refuse(
            _("The name ends in .xlsx, but the content is no workbook. "
              "Open it in the program that made it and save it as .xlsx."),
        )  # fmt: skip
    if ending not in TEXT_ENDINGS:
        raise refuse_type(ending)
    if data.startswith(OTHER_CONTENT) or data[:200].lstrip().lower().startswith(MARKUP):
        raise refuse(
            _("The name ends in %(ending)s, but the content is no table of text. "
              "Save the table as .xlsx or .csv."),
            ending=ending,
        )  # fmt: skip
    return "csv"


def refuse_type(ending: str) -> Exception:
    if not ending:
        return refuse(
            _("The file name has no ending. RiskHub reads XLSX workbooks and CSV text: give it "
              "its right name, with .xlsx or .csv."),
        )  # fmt: skip
    return refuse(
        _("RiskHub reads XLSX workbooks and CSV text, not “%(ending)s”. "
          "Save the table as .xlsx or .csv."),
        ending=ending,
    )  # fmt: skip
