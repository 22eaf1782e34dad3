"""Reads the sheets of an Excel workbook, new or old, that passed the checks."""

from collections.abc import Callable, Iterator
from io import BytesIO

from django.utils.translation import gettext_noop as _
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from riskhub.imports.biff import Workbook
from riskhub.imports.compound import CompoundFile, packed_stream
from riskhub.imports.extents import SheetFacts
from riskhub.imports.kinds import MACROS
from riskhub.imports.limits import Limits
from riskhub.imports.packages import packed, read_parts, refuse_damaged
from riskhub.imports.parts import scan_parts
from riskhub.imports.sentences import refuse
from riskhub.imports.sheets import Sheet, TableFile, clean_cell

STREAMS = ("workbook", "book")
# The facts of a sheet by its place and its name; none for what is no sheet.
FactsOf = Callable[[int, str], SheetFacts | None]


def read_workbook(data: bytes, limits: Limits) -> TableFile:
    """All worksheets in order. Formulas give their stored value, errors and lost values a Flaw."""
    parts = read_parts(data, limits)
    facts = scan_parts(parts, limits)
    return TableFile("xlsx", read_sheets(packed(parts), lambda _place, name: facts.get(name)))


def read_old_workbook(data: bytes, limits: Limits) -> TableFile:
    """The same of an .xls file: its stream of records is checked and handed on alone."""
    file = CompoundFile(data)
    names = file.names()
    if any(name.upper().startswith("_VBA_PROJECT") for name in names):
        raise refuse(MACROS, ending="VBA")
    found = [name for name in names if name.casefold() in STREAMS]
    if not found:
        raise refuse(_("This file holds no Excel workbook. Choose the .xls file itself."))
    book = Workbook(file.stream(found[0]), limits)
    package = packed_stream("Workbook", bytes(book.plain))
    return TableFile("xls", read_sheets(package, lambda place, _name: book.sheets[place]))


def read_sheets(package: BytesIO, facts_of: FactsOf) -> tuple[Sheet, ...]:
    try:
        return tuple(_sheets(package, facts_of))
    except BaseException as error:  # a panic of the reader is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise refuse_damaged() from error


def _sheets(package: BytesIO, facts_of: FactsOf) -> Iterator[Sheet]:
    with CalamineWorkbook.from_filelike(package) as workbook:
        for place, entry in enumerate(workbook.sheets_metadata):
            facts = facts_of(place, entry.name)
            if entry.typ == SheetTypeEnum.WorkSheet and facts:
                is_hidden = entry.visible != SheetVisibleEnum.Visible
                yield read_sheet(workbook, entry.name, facts, is_hidden=is_hidden)


def read_sheet(
    workbook: CalamineWorkbook, name: str, facts: SheetFacts, *, is_hidden: bool
) -> Sheet:
    found = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows = [[clean_cell(value) for value in row] for row in found]
    for (row, column), flaw in facts.flaws.items():
        while len(rows) < row:
            rows.append([])
        cells = rows[row - 1]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = flaw
    return Sheet(name, rows, is_hidden=is_hidden)
