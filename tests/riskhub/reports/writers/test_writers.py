import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from riskhub.reports.writers.csv import stream_csv, write_csv
from riskhub.reports.writers.formulas import restore
from riskhub.reports.writers.tables import Column, Kind, Table
from riskhub.reports.writers.xlsx import write_xlsx
from tests.riskhub.reports.writers.test_formulas import ATTACKS, HARMLESS

COLUMNS = (
    Column("code", "编号"),
    Column("name", "=风险"),
    Column("loss", "损失", Kind.NUMBER),
    Column("due_on", "期限", Kind.DATE),
    Column("done_at", "完成", Kind.DATETIME),
)


@dataclass
class Row:
    code: str
    name: str | None
    loss: object = None
    due_on: date | None = None
    done_at: datetime | None = None


ROWS = [
    Row(
        "001",
        "高处作业坠落",
        Decimal("-12.50"),
        date(2026, 9, 30),
        datetime(2026, 9, 30, 17, 5, tzinfo=UTC),
    ),
    Row("002", "=1+1", -3),
    Row("003", "+86 138 0013 8000", 0.25),
    Row("004", None, None),
    Row("005", '他说"停",\n再来', float("nan")),
    Row("006", "#REF!", "-1+cmd|' /C calc'!A0"),
]


@pytest.fixture(autouse=True)
def company_time():
    with timezone.override("Asia/Shanghai"):
        yield


def read_csv(table):
    out = io.BytesIO()
    write_csv(table, out)
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def read_xlsx(*tables):
    out = io.BytesIO()
    write_xlsx(tables, out)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue())), out.getvalue()


def test_csv_cells():
    assert read_csv(Table("Risks", COLUMNS, ROWS)) == [
        ["编号", "'=风险", "损失", "期限", "完成"],
        ["001", "高处作业坠落", "-12.50", "2026-09-30", "2026-10-01 01:05"],
        ["002", "'=1+1", "-3", "", ""],
        ["003", "+86 138 0013 8000", "0.25", "", ""],
        ["004", "", "", "", ""],
        ["005", '他说"停",\n再来', "nan", "", ""],
        ["006", "#REF!", "'-1+cmd|' /C calc'!A0", "", ""],
    ]


def test_csv_streams_rows_of_an_endless_source():
    def endless():
        while True:
            yield {"code": "R001"}

    lines = stream_csv(Table("x", (Column("code", "Code"),), endless()))
    assert [next(lines) for _ in range(3)] == ["\ufeffCode\r\n".encode(), b"R001\r\n", b"R001\r\n"]


def test_xlsx_cells_are_typed():
    book, _ = read_xlsx(Table("Risks", COLUMNS, ROWS))
    sheet = book["Risks"]
    assert [cell.value for cell in sheet[1]] == ["编号", "'=风险", "损失", "期限", "完成"]
    assert [cell.value for cell in sheet[2]] == [
        "001",
        "高处作业坠落",
        -12.5,
        datetime(2026, 9, 30),  # noqa: DTZ001 - a spreadsheet has no zones
        datetime(2026, 10, 1, 1, 5),  # noqa: DTZ001 - the same
    ]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "d", "d"]
    assert sheet["D2"].number_format == "yyyy-mm-dd"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:E7")
    assert sheet["B7"].value == "#REF!"
    assert sheet["B7"].data_type == "s"


@pytest.mark.parametrize("text", ATTACKS + HARMLESS)
def test_no_cell_is_a_formula_and_every_text_is_read_back(text):
    table = Table("x", (Column("name", "Name"), Column("end", "End")), [{"name": text, "end": "."}])
    as_csv = read_csv(table)[1][0]
    book, raw = read_xlsx(table)
    cell = book.active["A2"]
    assert cell.data_type != "f"
    assert not str(cell.value or "").startswith("=")
    expected = text.replace("\r", "\n")
    assert restore(as_csv) == expected
    assert restore(cell.value or "") == expected
    by_calamine = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    assert restore(by_calamine[1][0]) == expected


def test_control_signs_and_long_texts_do_not_break_the_file():
    texts = ["a\x00b\x0bc\ud800d", "长" * 40_000]
    table = Table("x", (Column("name", "Name"),), [{"name": text} for text in texts])
    book, _ = read_xlsx(table)
    assert book.active["A2"].value == "a\ufffdb\ufffdc\ufffdd"
    assert len(book.active["A3"].value) == 32_767
    assert read_csv(table)[2][0] == texts[1]


def test_numbers_too_long_for_a_spreadsheet_are_text():
    table = Table("x", (Column("n", "N", Kind.NUMBER),), [{"n": 6222021234567890123}, {"n": True}])
    book, _ = read_xlsx(table)
    assert book.active["A2"].value == "6222021234567890123"
    assert book.active["A3"].value in {"Yes", "是"}


def test_sheet_titles_are_made_legal():
    book, _ = read_xlsx(Table("a/b:c" + "x" * 40, COLUMNS, []), Table("[]", COLUMNS, []))
    assert book.sheetnames == [("a b c" + "x" * 40)[:31], "1"]
