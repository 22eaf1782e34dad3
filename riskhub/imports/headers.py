"""Finds the header row: the row whose cells name the most columns that the caller knows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from riskhub.imports.sheets import Cell, Sheet, text_of

ROWS_SEARCHED = 100
LONGEST_NAME = 160
DATA_ROWS_SEARCHED = 50

# The fields that a header text may name; none when it is unknown.
Recognise = Callable[[str], frozenset[str]]


@dataclass(frozen=True)
class HeaderRow:
    """`row` is the 1-based row with the most names; a second one may stand below or above it."""

    sheet: Sheet
    row: int
    fields: frozenset[str]
    known: int
    below: int | None = None
    above: int | None = None
    data_rows: int = 0

    @property
    def first_data_row(self) -> int:
        return (self.below or self.row) + 1

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        """Better headers compare greater: visible, with data below, many fields, many rows."""
        return (not self.sheet.is_hidden, self.data_rows > 0, self.known, self.data_rows)


@dataclass(frozen=True)
class Search:
    """What a caller looks for: names it knows, and the fields of which a table needs one."""

    recognise: Recognise
    needed: frozenset[str]
    least: int = 2
    cache: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def fields(self, cell: Cell) -> frozenset[str]:
        if not isinstance(cell, str) or len(cell) > LONGEST_NAME:
            return frozenset()
        if cell not in self.cache:
            self.cache[cell] = self.recognise(cell)
        return self.cache[cell]


def find_headers(sheets: Iterable[Sheet], search: Search) -> list[HeaderRow]:
    """The best header row of each sheet that has one, the best sheet first."""
    found = [header for sheet in sheets if (header := find_header(sheet, search))]
    return sorted(found, key=lambda header: header.rank, reverse=True)


def find_header(sheet: Sheet, search: Search) -> HeaderRow | None:
    """The row that names most fields; of equals the first. None when no row is good enough."""
    rows = range(1, min(len(sheet.rows), ROWS_SEARCHED) + 1)
    candidates = [header for row in rows if (header := header_at(sheet, row, search))]
    good = [header for header in candidates if is_good(header, search)]
    return max(good, key=lambda header: header.rank, default=None)


def is_good(header: HeaderRow, search: Search) -> bool:
    """A needed field and enough others; a list of one column needs only its name."""
    if not header.fields & search.needed:
        return False
    return header.known >= search.least or (header.known == 1 and is_list(header.sheet))


def header_at(sheet: Sheet, row: int, search: Search) -> HeaderRow | None:
    """The header that this row would be, with its second row; None when it names nothing."""
    cells = sheet.row(row)
    named = [fields for cell in cells if (fields := search.fields(cell))]
    if not named:
        return None
    fields = frozenset().union(*named)
    below = row + 1 if is_second_row(sheet, row, search) else None
    above = row - 1 if count_filled(sheet.row(row - 1)) > 1 else None
    return HeaderRow(
        sheet,
        row,
        fields,
        known=count_distinct(named),
        below=below,
        above=above,
        data_rows=count_data_rows(sheet, (below or row) + 1, cells, search),
    )


def count_distinct(named: Sequence[frozenset[str]]) -> int:
    """Columns that can stand for different fields: three notes columns count once."""
    taken: set[str] = set()
    for fields in sorted(named, key=len):
        free = fields - taken
        if free:
            taken.add(min(free))
    return len(taken)


def count_data_rows(sheet: Sheet, first: int, header: list[Cell], search: Search) -> int:
    """Rows soon below with something in a needed column."""
    needed = [i for i, cell in enumerate(header) if search.fields(cell) & search.needed]
    rows = range(first, min(len(sheet.rows), first + DATA_ROWS_SEARCHED) + 1)
    return sum(any(sheet.cell(row, column) is not None for column in needed) for row in rows)


MOSTLY = 0.6


def find_end(header: HeaderRow, search: Search) -> int:
    """The last row of the table: before the header of another table, else the last filled row."""
    sheet, end = header.sheet, header.first_data_row - 1
    for row in range(header.first_data_row, len(sheet.rows) + 1):
        cells = sheet.row(row)
        if is_other_header(sheet, row, search) and cells != sheet.row(header.row):
            return row - 1
        if any(cell is not None for cell in cells):
            end = row
    return end


def is_other_header(sheet: Sheet, row: int, search: Search) -> bool:
    """Names only, most of them known, after a row that is empty or a caption."""
    filled = [cell for cell in sheet.row(row) if cell is not None]
    return count_filled(sheet.row(row - 1)) <= 1 and is_names(filled, search)


def repeats_names(header: HeaderRow, row: int, search: Search) -> bool:
    """True for a second row of names below the first, as in a table with names in two languages."""
    filled = [cell for cell in header.sheet.row(row) if cell is not None]
    return row == header.first_data_row and is_names(filled, search)


def is_names(filled: Sequence[Cell], search: Search) -> bool:
    """Texts only, most of them known names of different columns."""
    named = [fields for cell in filled if (fields := search.fields(cell))]
    return (
        all(isinstance(cell, str) for cell in filled)
        and count_distinct(named) >= search.least
        and len(named) >= MOSTLY * len(filled)
    )


def is_second_row(sheet: Sheet, row: int, search: Search) -> bool:
    """True where the row below splits a header cell: names under it and under blanks beside it.

    Such a row has nothing in the needed columns, only short texts, and at least one text
    under a blank that follows a header cell.
    """
    upper, lower = sheet.row(row), sheet.row(row + 1)
    filled = [(i, cell) for i, cell in enumerate(lower) if cell is not None]
    if not filled or not all(
        isinstance(cell, str) and len(cell) < LONGEST_NAME for _, cell in filled
    ):
        return False
    needed = [i for i, cell in enumerate(upper) if search.fields(cell) & search.needed]
    if any(sheet.cell(row + 1, column) is not None for column in needed):
        return False
    over = [sheet.cell(row, column) for column, _ in filled]
    return over[0] is not None and None in over


def count_filled(row: Sequence[Cell]) -> int:
    return sum(cell is not None for cell in row)


def is_list(sheet: Sheet) -> bool:
    """Nothing is filled but the first column."""
    return not any(cell is not None for row in sheet.rows for cell in row[1:])


def header_names(header: HeaderRow) -> Iterator[tuple[int, str, str]]:
    """Each named column: its index, the text over it and its own text.

    Its own text is the lower one; the text over it is that of the nearest filled cell
    to the left in the row above, for a cell that spans several columns.
    """
    sheet = header.sheet
    lower_row = header.below or header.row
    upper_row = header.row if header.below else header.above
    over = ""
    for column in range(max(len(sheet.row(lower_row)), len(sheet.row(header.row)))):
        upper = text_of(sheet.cell(upper_row, column)) if upper_row else ""
        lower = text_of(sheet.cell(lower_row, column))
        over = upper or over
        if lower or (header.below and upper):
            yield column, (over if lower else ""), lower or upper
