"""What is read from a workbook, and which workbooks are refused before they are read."""

from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from riskhub.imports.limits import Limits
from riskhub.imports.sentences import FileRefusedError
from riskhub.imports.sheets import NOT_CALCULATED, Flaw
from riskhub.imports.workbooks import read_workbook
from tests.riskhub.imports.made_files import (
    NAMESPACE,
    REGISTER,
    SHEET,
    part,
    saved,
    with_parts,
    with_sheet,
    workbook,
)

NIGHT = datetime(2026, 8, 6)  # noqa: DTZ001 (cells have no zone)
NOON = datetime(2026, 8, 6, 13, 5)  # noqa: DTZ001


def sheets(data, **limits):
    return read_workbook(data, Limits(**limits)).sheets


def refusal(data, **limits):
    with pytest.raises(FileRefusedError) as refused:
        read_workbook(data, Limits(**limits))
    return str(refused.value)


DAMAGED = "The workbook is damaged. Open it in a spreadsheet program and save it again as .xlsx."


def test_values_and_their_places():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Risks"
    sheet["B3"] = " wet\r\nfloor "
    sheet["C3"] = 3.0
    sheet["D3"] = 0.4
    sheet["D3"].number_format = "0%"
    sheet["E3"] = True
    sheet["F3"] = NIGHT
    sheet["G3"] = NOON
    sheet["H3"] = time(3, 4)
    sheet["I3"] = timedelta(hours=30)
    sheet["J3"] = "   "
    [read] = sheets(saved(book))
    assert read.name == "Risks"
    assert read.row(1) == [None] * 10
    assert read.row(3) == [
        None, "wet\nfloor", 3, 0.4, True, date(2026, 8, 6), NOON,
        "03:04:00", "1 day, 6:00:00", None,
    ]  # fmt: skip
    assert read.cell(3, 2) == 3
    assert type(read.cell(3, 2)) is int
    assert read.cell(99, 0) is None


def test_errors_and_formulas_never_calculated_are_flaws():
    cells = (
        '<row r="2"><c r="A2" t="e"><v>#DIV/0!</v></c><c r="B2"><f>1+1</f></c>'
        '<c r="C2"><f>1+1</f><v>2</v></c><c r="D2" t="str"><f>A1</f><v></v></c></row>'
        '<row><c t="n"><v>7</v></c><c t="e"><v></v></c></row>'
    )
    [read] = sheets(with_sheet(cells))
    assert read.row(2)[:3] == [Flaw("#DIV/0!"), NOT_CALCULATED, 2]
    assert read.cell(2, 3) is None
    assert read.cell(3, 0) == 7
    assert read.cell(3, 1) == Flaw("#VALUE!")


def test_all_sheets_in_order_and_hidden_ones_marked():
    data = workbook(("Notes", [["x"]]), ("Risks", REGISTER), ("Empty", []), hidden={"Notes"})
    assert [(sheet.name, sheet.is_hidden, len(sheet.rows)) for sheet in sheets(data)] == [
        ("Notes", True, 1), ("Risks", False, 3), ("Empty", False, 0),
    ]  # fmt: skip


def test_a_workbook_is_counted_before_it_is_read():
    data = workbook(("Risks", REGISTER))
    assert len(sheets(data, rows=3, columns=4, cells=12)) == 1
    assert refusal(data, rows=2) == (
        "Sheet “Risks”, row 3, column A: the limit is 2 rows. "
        "Delete what stands below the table, or split it."
    )
    assert refusal(data, columns=3) == (
        "Sheet “Risks”, row 1, column D: the limit is 3 columns. Delete what stands right of the table."
    )
    assert refusal(data, cells=11) == (
        "Sheet “Risks”, row 3, column D: the limit is 11 cells. "
        "Copy the table alone into a new workbook."
    )
    assert refusal(data, characters=10).startswith("Sheet “Risks”, row 3, column D: the limit is")


def test_a_dimension_that_lies_does_no_harm():
    xml = part(workbook(REGISTER), SHEET).replace(b'ref="A1:D3"', b'ref="A1:XFD1048576"')
    assert b"XFD1048576" in xml
    [read] = sheets(with_parts(workbook(REGISTER), {SHEET: xml}))
    assert len(read.rows) == 3


def test_one_cell_at_the_end_of_the_sheet():
    far = with_sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert refusal(far) == (
        "Sheet “Sheet1”, row 1048576, column XFD: the limit is 20000 rows. "
        "Delete what stands below the table, or split it."
    )


def test_empty_cells_with_a_style_do_not_count():
    [read] = sheets(
        with_sheet(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="A900000" s="1"/></row>'
        )
    )
    assert read.rows == [[1]]


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="1"><c r="A99999999999999999999"><v>1</v></c></row>',
        '<row r="1"><c r="AAAAAAAAAAAA1"><v>1</v></c></row>',
    ],
)
def test_impossible_places(cells):
    assert refusal(with_sheet(cells)).startswith(("The workbook is damaged", "Sheet “Sheet1”"))


def test_one_long_string_in_many_cells():
    """A shared string is stored once and read a hundred times: small on disk, large in memory."""
    book = openpyxl.Workbook()
    for _row in range(100):
        book.active.append(["x" * 30_000] * 20)
    data = saved(book)
    assert len(data) < 100_000
    assert "the limit is" in refusal(data)


def test_two_sheets_of_one_name():
    data = workbook(("A", REGISTER), ("B", REGISTER))
    book = part(data, "xl/workbook.xml").replace(b'name="B"', b'name="A"')
    assert refusal(with_parts(data, {"xl/workbook.xml": book})) == DAMAGED


def test_old_drawings_need_not_be_well_formed():
    data = with_parts(workbook(REGISTER), {"xl/drawings/vmlDrawing1.vml": b"<xml><br></xml>"})
    assert len(sheets(data)) == 1


def test_a_sheet_of_flaws_alone():
    [read] = sheets(with_sheet('<row r="2"><c r="B2"><f>1+1</f></c></row>'))
    assert read.rows == [[], [None, NOT_CALCULATED]]


def test_shared_strings_with_text_between_them():
    strings = f'<sst xmlns="{NAMESPACE}">\n<si><t>one</t></si>\n</sst>'
    data = with_parts(
        with_sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
        {"xl/sharedStrings.xml": strings},
    )
    assert sheets(data)[0].rows == [["one"]]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, MemoryError])
def test_a_stop_from_outside_is_no_damage(monkeypatch, stop):
    class Stopped:
        def from_filelike(self):
            raise stop

    monkeypatch.setattr("riskhub.imports.workbooks.CalamineWorkbook", Stopped)
    with pytest.raises(stop):
        read_workbook(workbook(REGISTER), Limits())
