import pytest

from riskhub.imports.kinds import kind_of
from riskhub.imports.limits import Limits
from riskhub.imports.sentences import FileRefusedError
from tests.riskhub.imports.made_books import ods
from tests.riskhub.imports.made_files import REGISTER, csv_text, workbook

CSV = csv_text(REGISTER).encode()
XLSX = workbook(REGISTER)
NAMED = (
    "The name ends in %s, but the content is that of a %s file. Give it its right name, with %s."
)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def refusal(data, name, limits=None):
    with pytest.raises(FileRefusedError) as refused:
        kind_of(data, name, limits or Limits())
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (XLSX, "a.xlsx", "xlsx"),
        (XLSX, "A.XLSX", "xlsx"),
        (COMPOUND, "a.XLS", "xls"),
        (ods(REGISTER), "a.ods", "ods"),
        (CSV, "a.csv", "csv"),
        (CSV, "risks.2026.CSV", "csv"),
        (CSV, "a.tsv", "csv"),
        (CSV, "a.txt", "csv"),
    ],
)
def test_content_and_name_agree(data, name, kind):
    assert kind_of(data, name, Limits()) == kind


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.csv", "The file is empty. Choose a file with a table in it."),
        (
            XLSX,
            "a.csv",
            (
                "The name ends in .csv, but the content is a workbook or archive. "
                "Give it its right name, for example with .xlsx."
            ),
        ),
        (
            CSV,
            "a.xlsx",
            (
                "The name ends in .xlsx, but the content is no workbook. "
                "Open it in the program that made it and save it as .xlsx."
            ),
        ),
        (
            XLSX,
            "a.xlsm",
            "Workbooks with macros (.xlsm) are refused. Save it as .xlsx without macros.",
        ),
        (CSV, "a.xlsb", "Files ending in .xlsb are not read. Save the table as .xlsx or .csv."),
        (XLSX, "a.xls", NAMED % (".xls", ".xlsx", ".xlsx")),
        (COMPOUND, "a.ods", NAMED % (".ods", ".xls", ".xls")),
        (COMPOUND, "a.xlsx", NAMED % (".xlsx", ".xls", ".xls")),
        (
            CSV,
            "a.xls",
            (
                "The name ends in .xls, but the content is no workbook. "
                "Open it in the program that made it and save it as .xlsx."
            ),
        ),
        (
            b"\xef\xbb\xbf <html><table>",
            "a.xls",
            (
                "The name ends in .xls, but the content is a web page. "
                "Open it in a spreadsheet program and save it as .xlsx."
            ),
        ),
        (
            CSV,
            "a.md",
            "This is a Markdown text, not a table file. Copy its table into a sheet, save it as .xlsx.",
        ),
        (
            COMPOUND,
            "a.csv",
            (
                "The name ends in .csv, but the content is a workbook or archive. "
                "Give it its right name, for example with .xlsx."
            ),
        ),
        (
            COMPOUND + "EncryptedPackage".encode("utf-16-le"),
            "a.xlsx",
            "The workbook is protected by a password. Remove the password and save it again.",
        ),
        (
            b"%PDF-1.7 ...",
            "a.csv",
            "The name ends in .csv, but the content is no table of text. Save the table as .xlsx or .csv.",
        ),
        (
            b"  <!DOCTYPE html><table>",
            "a.csv",
            "The name ends in .csv, but the content is no table of text. Save the table as .xlsx or .csv.",
        ),
        (
            CSV,
            "a.json",
            (
                "RiskHub reads XLSX, XLS and ODS workbooks and CSV text, not “.json”. "
                "Save the table as .xlsx or .csv."
            ),
        ),
        (
            XLSX,
            "register",
            (
                "The file name has no ending. RiskHub reads XLSX, XLS and ODS workbooks and CSV text: "
                "give it its right name, with .xlsx or .csv."
            ),
        ),
    ],
)
def test_other_files_are_refused_with_what_to_do(data, name, sentence):
    assert refusal(data, name) == sentence


def test_a_file_over_the_limit():
    limits = Limits(file_bytes=1024 * 1024)
    assert refusal(bytes(1024 * 1024 + 1), "a.csv", limits) == (
        "The file has 1.0 MB, the limit is 1 MB. Split it into several files."
    )
