"""What is read from an old Excel file (.xls), and which are refused before they are read."""

import struct
from datetime import date

import pytest

from riskhub.imports.limits import Limits
from riskhub.imports.sentences import FileRefusedError
from riskhub.imports.sheets import Flaw
from riskhub.imports.workbooks import read_old_workbook
from tests.riskhub.imports.made_books import book, compound, record, strings, xls, xls_cell
from tests.riskhub.imports.made_files import REGISTER

DAMAGED = "The workbook is damaged. Open it in a spreadsheet program and save it again as .xlsx."
EMPTY_RESULT = b"\x03" + bytes(5) + b"\xff\xff"
TEXT_RESULT = bytes(6) + b"\xff\xff"


def sheets(data, **limits):
    return read_old_workbook(data, Limits(**limits)).sheets


def refusal(data, **limits):
    with pytest.raises(FileRefusedError) as refused:
        read_old_workbook(data, Limits(**limits))
    return str(refused.value)


def one(body, middle=b"", **kwargs):
    """A file with these records in its one sheet."""
    return compound({"Workbook": book([("Risks", body)], middle, **kwargs)})


def formula(row, column, result, tokens=b"\x1e\x01\x00"):
    place = struct.pack("<3H", row, column, 0)
    return record(0x06, place + result + bytes(6) + struct.pack("<H", len(tokens)) + tokens)


def test_sheets_in_order_and_hidden_ones_marked():
    data = xls(("说明", [["x\ny", None, 1.5]]), ("Risks", REGISTER), ("Empty", []), hidden={"说明"})
    assert [(sheet.name, sheet.is_hidden, sheet.rows) for sheet in sheets(data)] == [
        ("说明", True, [["x\ny", None, 1.5]]),
        ("Risks", False, REGISTER),
        ("Empty", False, []),
    ]


def test_long_texts_and_many_of_them():
    rows = [["长" * 1500 + str(number), number] for number in range(300)]
    [sheet] = sheets(xls(rows))
    assert sheet.rows == rows


def test_numbers_of_every_kind():
    small = struct.pack("<3Hi", 0, 0, 0, 3 << 2 | 2)
    several = (
        struct.pack("<2H", 0, 1) + struct.pack("<Hi", 0, 7 << 2 | 3) * 2 + struct.pack("<H", 2)
    )
    truth = struct.pack("<3H2B", 0, 3, 0, 1, 0)
    label = struct.pack("<4HB", 0, 4, 0, 2, 1) + "文本".encode("utf-16-le")
    body = (
        record(0x27E, small) + record(0xBD, several) + record(0x205, truth) + record(0x204, label)
    )
    [sheet] = sheets(one(body))
    assert sheet.rows == [[3, 0.07, 0.07, True, "文本"]]


def test_a_number_with_the_format_of_a_day_is_a_day():
    style = record(0xE0, struct.pack("<2H", 0, 14) + bytes(16))
    cell = record(0x203, struct.pack("<3Hd", 0, 0, 1, 46240.0))
    [sheet] = sheets(one(cell, style))
    assert sheet.rows == [[date(2026, 8, 6)]]


def test_formulas_give_their_values_and_errors_are_flaws():
    text = record(0x207, struct.pack("<HB", 2, 1) + "高风".encode("utf-16-le"))
    error = b"\x02\x00\x07\x00\x00\x00\xff\xff"
    other = record(0x205, struct.pack("<3H2B", 1, 1, 0, 0x2A, 1))
    odd = record(0x205, struct.pack("<3H2B", 1, 2, 0, 0x99, 1))
    body = (
        formula(0, 0, struct.pack("<d", 4.0)) + formula(0, 1, TEXT_RESULT) + text
        + formula(0, 2, EMPTY_RESULT) + formula(1, 0, error) + other + odd
        + formula(2, 0, struct.pack("<d", 2.0), b"\x01\xff\xff\xff\xff")
    )  # fmt: skip
    [sheet] = sheets(one(body))
    assert sheet.rows[0][:2] == [4, "高风"]
    assert sheet.cell(1, 2) is None
    assert sheet.row(2) == [Flaw("#DIV/0!"), Flaw("#N/A"), Flaw("#VALUE!")]
    assert sheet.cell(3, 0) == 2


def test_what_is_nested_in_a_sheet_is_none_of_its_cells():
    chart = record(0x809, bytes(16)) + xls_cell(9, 9, 1.0) + record(0x0A)
    [sheet] = sheets(one(xls_cell(0, 0, 1.0) + chart + xls_cell(0, 1, 2.0)))
    assert sheet.rows == [[1, 2]]


def test_the_size_that_a_sheet_claims_does_no_harm():
    claim = record(0x200, struct.pack("<2I3H", 0, 0xFFFFFFF0, 0, 0xFFF0, 0))
    [sheet] = sheets(one(xls_cell(0, 0, 1.0), claim=claim))
    assert sheet.rows == [[1]]


def test_a_workbook_is_counted_before_it_is_read():
    data = xls(("Risks", REGISTER))
    assert len(sheets(data, rows=3, columns=4, cells=12)) == 1
    assert refusal(data, rows=2) == (
        "Sheet “Risks”, row 3, column A: the limit is 2 rows. "
        "Delete what stands below the table, or split it."
    )
    assert refusal(data, columns=3) == (
        "Sheet “Risks”, row 1, column D: the limit is 3 columns. Delete what stands right of the table."
    )
    assert "row 3, column A: the limit is 11 cells" in refusal(data, cells=11)
    assert "the limit is" in refusal(data, characters=10)
    assert "the limit is 20 cells" in refusal(xls(("A", REGISTER), ("B", REGISTER)), cells=20)


def test_one_long_text_in_many_cells():
    data = xls([["x" * 3000] * 200] * 200)
    assert len(data) < 1_000_000
    assert "the limit is" in refusal(data)


def test_one_sheet_announced_many_times():
    """Its cells would be read once for each name."""
    bodies = [xls_cell(0, 0, 1.0) * 900, *[b""] * 89]
    stream = bytearray(book([(f"S{number:02}", body) for number, body in enumerate(bodies)]))
    bounds = [stream.index(f"S{number:02}".encode("utf-16-le")) - 8 for number in range(90)]
    for at in bounds:
        stream[at : at + 4] = stream[bounds[0] : bounds[0] + 4]
    assert refusal(compound({"Workbook": bytes(stream)}), cells=1000) == DAMAGED


@pytest.mark.parametrize(
    "body",
    [
        record(0x203, bytes(6)),
        record(0xBD, struct.pack("<2H", 0, 5) + bytes(6) + struct.pack("<H", 1)),
        record(0xFD, struct.pack("<3HI", 0, 0, 0, 7)),
        struct.pack("<2H", 0x203, 60_000),
    ],
)
def test_cells_that_no_program_writes(body):
    assert refusal(one(body)) == DAMAGED


@pytest.mark.parametrize(
    "middle",
    [
        record(0xFC, struct.pack("<2I", 1, 1) + b"\x05"),
        record(0xFC, struct.pack("<2I", 1, 1) + b"\x05\x00\x01ab"),
        record(0xFC, struct.pack("<2I", 1, 1) + b"\x01\x00\x04\xff\xff\xff\x7fa"),
        record(0x42, struct.pack("<H", 9999)),
        record(0x809, struct.pack("<H", 0x200)),
    ],
)
def test_workbooks_that_no_program_writes(middle):
    assert refusal(one(xls_cell(0, 0, 1.0), middle)) == DAMAGED


def test_a_shared_text_cut_in_two_with_another_width():
    data = struct.pack("<2IHB", 1, 1, 4, 0) + b"ab"
    middle = record(0xFC, data) + record(0x3C, b"\x01" + "长文".encode("utf-16-le"))
    [sheet] = sheets(one(record(0xFD, struct.pack("<3HI", 0, 0, 0, 0)), middle))
    assert sheet.rows == [["ab长文"]]


def test_runs_and_phonetics_of_a_shared_text_are_passed_over():
    rich = struct.pack("<HBH", 2, 0x08, 1) + b"ab" + bytes(4)
    spoken = struct.pack("<HBI", 2, 0x05, 6) + "长文".encode("utf-16-le") + bytes(6)
    middle = record(0xFC, struct.pack("<2I", 2, 2) + rich + spoken)
    cells = record(0xFD, struct.pack("<3HI", 0, 0, 0, 0)) + record(
        0xFD, struct.pack("<3HI", 0, 1, 0, 1)
    )
    [sheet] = sheets(one(cells, middle))
    assert sheet.rows == [["ab", "长文"]]


def test_more_shared_texts_than_cells():
    assert refusal(one(b"", strings([str(n) for n in range(40)])), cells=30) == DAMAGED


def test_a_password():
    assert refusal(one(b"", record(0x2F, struct.pack("<H", 1) + bytes(50)))) == (
        "The workbook is protected by a password. Remove the password and save it again."
    )


def test_macros():
    data = compound({"Workbook": book([("A", b"")])}, storages=["_VBA_PROJECT_CUR"])
    assert refusal(data) == (
        "Workbooks with macros (VBA) are refused. Save it as .xlsx without macros."
    )


def test_a_document_of_another_program():
    assert refusal(compound({"WordDocument": bytes(5000)})) == (
        "This file holds no Excel workbook. Choose the .xls file itself."
    )


@pytest.mark.parametrize("name", ["WORKBOOK", "Book", "BOOK"])
def test_the_stream_is_known_however_it_is_spelt(name):
    data = compound({name: book([("A", xls_cell(0, 0, 1.0))])})
    assert [sheet.rows for sheet in sheets(data)] == [[[1]]]
