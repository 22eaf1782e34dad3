"""What a person needs to see of a file to answer for it: sheets, possible header rows, columns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assessments.register_import.columns import Column, read_columns
from assessments.register_import.layout import Layout, choose_header, lay_out, named_sheet
from assessments.register_import.mapping import RegisterMapping
from assessments.register_import.names import SEARCH
from riskhub.imports.headers import HeaderRow, find_end
from riskhub.imports.sentences import FileRefusedError
from riskhub.imports.sheets import Cell, Sheet, TableFile, text_of

ROWS = 40
ROW_LENGTH = 80
SAMPLES = 3
SAMPLE_LENGTH = 60
IN_DOUBT = "?"


@dataclass(frozen=True)
class ShownColumn:
    """One column of the table: its name, first different values, and the field it is taken for.

    `field` is empty for a column that is left out, `IN_DOUBT` where somebody has to say.
    """

    index: int
    letter: str
    name: str
    samples: tuple[str, ...]
    field: str


@dataclass(frozen=True)
class Outline:
    """`rows` are the first filled rows of the sheet, number and text, to choose a header from."""

    sheets: tuple[str, ...]
    sheet: str | None
    rows: tuple[tuple[int, str], ...]
    header_row: int | None
    columns: tuple[ShownColumn, ...] = ()


def outline_of(file: TableFile, mapping: RegisterMapping) -> Outline:
    """Also of a file that is refused, as far as it goes."""
    header = _header(file, mapping)
    sheet = header.sheet if header else _sheet(file, mapping)
    header_row = header.row if header else None
    return Outline(
        tuple(each.name for each in file.sheets if each.name is not None),
        sheet.name,
        tuple(_rows(sheet, header_row)),
        header_row,
        tuple(_columns(header, mapping)) if header else (),
    )


def _header(file: TableFile, mapping: RegisterMapping) -> HeaderRow | None:
    try:
        return choose_header(file, mapping)
    except FileRefusedError:
        return None


def _sheet(file: TableFile, mapping: RegisterMapping) -> Sheet:
    if mapping.sheet:
        return named_sheet(file, mapping.sheet)
    return next((sheet for sheet in file.sheets if sheet.rows), file.sheets[0])


def _rows(sheet: Sheet, chosen: int | None) -> Iterator[tuple[int, str]]:
    """The first filled rows, and the chosen one wherever it stands."""
    shown = 0
    for row, cells in enumerate(sheet.rows, start=1):
        if shown >= ROWS and (chosen is None or row > chosen):
            return
        text = " | ".join(_words(cells))
        if text and (shown < ROWS or row == chosen):
            shown += 1
            yield row, _cut(text, ROW_LENGTH)


def _columns(header: HeaderRow, mapping: RegisterMapping) -> Iterator[ShownColumn]:
    end = find_end(header, SEARCH)
    try:
        layout = lay_out(header, end, mapping)
    except FileRefusedError:
        layout = Layout({}, read_columns(header, end))
    fields = {
        column.index: field for field, several in layout.columns.items() for column in several
    }
    fields = {doubt.column.index: IN_DOUBT for doubt in layout.doubts} | fields
    for column in _all(layout):
        name = " / ".join(" ".join(text.split()) for text in (column.over, column.text) if text)
        samples = tuple(_samples(column.cells))
        yield ShownColumn(column.index, column.letter, name, samples, fields.get(column.index, ""))


def _all(layout: Layout) -> Sequence[Column]:
    """The columns with a name, and those that a mapping takes by their letter."""
    found = {column.index: column for several in layout.columns.values() for column in several}
    found |= {column.index: column for column in layout.named}
    return [found[index] for index in sorted(found)]


def _samples(cells: Iterable[Cell]) -> Iterator[str]:
    seen: set[str] = set()
    for words in _words(cells):
        if words not in seen:
            seen.add(words)
            yield _cut(words, SAMPLE_LENGTH)
        if len(seen) == SAMPLES:
            return


def _words(cells: Iterable[Cell]) -> Iterator[str]:
    return (" ".join(text_of(cell).split()) for cell in cells if cell is not None)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
