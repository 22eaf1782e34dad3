"""From the bytes of an upload to its records: the header row, what its columns are, the rows below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from incidents.records.fields import Field, heading_key
from riskhub.imports.headers import HeaderRow, Search, count_filled, find_header, find_headers
from riskhub.imports.sentences import refuse
from riskhub.imports.sheets import Cell, Sheet, TableFile, column_letter, text_of
from riskhub.imports.tables import read_tables

FEWEST = 2


@dataclass(frozen=True)
class Raw:
    """One record as it came: its number in the file or list, and its cells by field."""

    row: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Heading:
    index: int
    text: str

    @property
    def letter(self) -> str:
        return column_letter(self.index)


@dataclass(frozen=True)
class RecordTable:
    """`suggested`: the column of each field whose name is known, by its index."""

    headings: Sequence[Heading]
    suggested: Mapping[str, int]
    rows: Sequence[tuple[int, list[Cell]]] = field(repr=False)

    def raws(self, columns: Mapping[str, int]) -> list[Raw]:
        return [Raw(number, _cells(row, columns)) for number, row in self.rows]


def read_record_table(content: bytes, filename: str, fields: Sequence[Field]) -> RecordTable:
    """The best table of the file, within the limits of every import. Raises FileRefusedError."""
    search = _search(fields)

    def judge(rows: list[list[Cell]]) -> float:
        header = find_header(Sheet(None, rows), search)
        return header.known if header else 0

    header = _header_of(read_tables(content, filename, judge), search)
    names = enumerate(header.sheet.row(header.row))
    headings = [Heading(index, text) for index, cell in names if (text := text_of(cell).strip())]
    rows = [
        (number, cells)
        for number, cells in enumerate(header.sheet.rows, start=1)
        if number > header.row and count_filled(cells)
    ]
    return RecordTable(headings, _suggested(headings, fields), rows)


def _search(fields: Sequence[Field]) -> Search:
    def recognise(text: str) -> frozenset[str]:
        key = heading_key(text)
        return frozenset(one.name for one in fields if key in one.names)

    return Search(recognise, frozenset(one.name for one in fields if one.is_needed), FEWEST)


def _header_of(file: TableFile, search: Search) -> HeaderRow:
    """The row that names most; where none is known the first one with several cells."""
    if found := find_headers(file.sheets, search):
        return found[0]
    for sheet in file.sheets:
        for number, cells in enumerate(sheet.rows, start=1):
            if count_filled(cells) >= FEWEST:
                return HeaderRow(sheet, number, frozenset(), known=0)
    raise refuse(
        _("No sheet has a table: put the names of the columns into one row above the records.")
    )


def _suggested(headings: Sequence[Heading], fields: Sequence[Field]) -> dict[str, int]:
    """Each column once, for the first field that it may be."""
    found: dict[str, int] = {}
    left = list(headings)
    for one in fields:
        named = next((head for head in left if heading_key(head.text) in one.names), None)
        if named:
            found[one.name] = named.index
            left.remove(named)
    return found


def _cells(row: Sequence[Cell], columns: Mapping[str, int]) -> dict[str, Cell]:
    return {name: row[index] for name, index in columns.items() if index < len(row)}
