"""What is shown of a file, so that a person can answer for it."""

from assessments.register_import.mapping import parse_mapping
from assessments.register_import.outline import outline_of
from riskhub.imports.tables import read_tables
from tests.riskhub.imports.made_files import workbook


def test_of_a_sheet_without_a_header_its_rows_are_shown():
    content = workbook(("封面", [["和顺到家"]]), ("说明", [["只是一段话", "还有一句"]]))
    file = read_tables(content, "a.xlsx", lambda _rows: 0)
    shown = outline_of(file, parse_mapping({"sheet": "说明"}))
    assert (shown.sheets, shown.sheet) == (("封面", "说明"), "说明")
    assert (shown.rows, shown.header_row, shown.columns) == (
        ((1, "只是一段话 | 还有一句"),), None, (),
    )  # fmt: skip
    assert outline_of(file, parse_mapping(None)).sheet == "封面"
