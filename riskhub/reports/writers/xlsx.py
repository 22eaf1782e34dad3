"""XLSX, written row by row. No cell is ever a formula: text is typed as text.

An import reads a text cell back with `formulas.restore`.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import BinaryIO, cast

from openpyxl import Workbook
from openpyxl.cell import Cell as TypedCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from riskhub.reports.writers.tables import Cell, Table

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LIMIT = 32_767  # characters in one cell
TITLE_LIMIT = 31
CUT = "…"
DAY, MINUTE = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_BOLD = Font(bold=True)


def write_xlsx(tables: Iterable[Table], out: BinaryIO) -> None:
    """Write one sheet for each table, head row bold, frozen and with a filter."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(_title(str(table.title)))
        # A write-only sheet borrows these members from Worksheet, which its stub does not know.
        _write_sheet(cast("Worksheet", sheet), table)
    book.save(out)


def _write_sheet(sheet: Worksheet, table: Table) -> None:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.append([_text(sheet, header, font=_BOLD) for header in table.headers()])
    count = 1
    for count, row in enumerate(table.cells(), start=2):  # noqa: B007 - read after the loop
        sheet.append([_typed(sheet, cell) for cell in row])
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{count}"


def _typed(sheet: Worksheet, cell: Cell) -> object:
    match cell:
        # openpyxl guesses formulas and errors from the first sign only.
        case str() if cell[:1] in {"=", "#"} or len(cell) > CELL_LIMIT:
            return _text(sheet, cell)
        case datetime():
            return _dated(sheet, cell, MINUTE)
        case date():
            return _dated(sheet, datetime(cell.year, cell.month, cell.day), DAY)  # noqa: DTZ001 - a day
    return cell


def _text(sheet: Worksheet, text: str, font: Font | None = None) -> TypedCell:
    if len(text) > CELL_LIMIT:
        text = text[: CELL_LIMIT - 1] + CUT
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    if font:
        cell.font = font
    return cell


def _dated(sheet: Worksheet, moment: datetime, number_format: str) -> TypedCell:
    cell = WriteOnlyCell(sheet, value=moment)
    cell.number_format = number_format
    return cell


def _title(title: str) -> str:
    """Excel refuses some signs, more than 31 characters and an apostrophe at the ends."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:TITLE_LIMIT].strip(" '") or "1"
