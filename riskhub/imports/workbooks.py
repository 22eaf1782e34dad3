"""Reads the sheets of an XLSX workbook that passed the checks."""

from io import BytesIO

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from riskhub.imports.limits import Limits
from riskhub.imports.packages import packed, read_parts, refuse_damaged
from riskhub.imports.parts import SheetFacts, scan_parts
from riskhub.imports.sheets import Sheet, TableFile, clean_cell


def read_workbook(data: bytes, limits: Limits) -> TableFile:
    """All worksheets in order. Formulas give their stored value, errors and lost values a Flaw."""
    parts = read_parts(data, limits)
    facts = scan_parts(parts, limits)
    try:
        sheets = tuple(read_sheets(packed(parts), facts))
    except BaseException as error:  # a panic of the reader is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise refuse_damaged() from error
    return TableFile("xlsx", sheets)


def read_sheets(package: BytesIO, facts: dict[str, SheetFacts]) -> list[Sheet]:
    with CalamineWorkbook.from_filelike(package) as workbook:
        return [
            read_sheet(
                workbook, entry.name, facts, is_hidden=entry.visible != SheetVisibleEnum.Visible
            )
            for entry in workbook.sheets_metadata
            if entry.typ == SheetTypeEnum.WorkSheet and entry.name in facts
        ]


def read_sheet(
    workbook: CalamineWorkbook, name: str, facts: dict[str, SheetFacts], *, is_hidden: bool
) -> Sheet:
    found = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows = [[clean_cell(value) for value in row] for row in found]
    for (row, column), flaw in facts[name].flaws.items():
        while len(rows) < row:
            rows.append([])
        cells = rows[row - 1]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = flaw
    return Sheet(name, rows, is_hidden=is_hidden)
