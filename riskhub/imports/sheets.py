"""A sheet of cells with the numbers that the file itself gives them."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time

from riskhub.entry.texts import prose

LETTERS = 26
DAMAGED = re.compile("\ufffd|锟斤拷|烫烫烫|â€[™œ˜¦“”]")


@dataclass(frozen=True)
class Flaw:
    """A cell without a usable value: an error such as #DIV/0!, or a formula never calculated."""

    code: str


NOT_CALCULATED = Flaw("formula")

Cell = str | int | float | bool | date | Flaw | None


@dataclass(frozen=True)
class Sheet:
    """`rows[0]` is row 1 and its first cell column A. The name is None for a text file."""

    name: str | None
    rows: list[list[Cell]] = field(repr=False)
    is_hidden: bool = False

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a 1-based row and a 0-based column; None outside."""
        cells = self.row(row)
        return cells[column] if 0 <= column < len(cells) else None

    def row(self, row: int) -> list[Cell]:
        return self.rows[row - 1] if 1 <= row <= len(self.rows) else []


@dataclass(frozen=True)
class TableFile:
    """What was read. `kind` is xlsx or csv; encoding and delimiter are set for csv."""

    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    delimiter: str | None = None


def column_letter(column: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """0 for A. The letters are upper case."""
    index = 0
    for letter in letters:
        index = index * LETTERS + ord(letter) - ord("A") + 1
    return index - 1


def clean_text(text: str) -> str:
    """Plain line ends, nothing that cannot be seen (a database keeps no NUL), no blanks around."""
    return prose(text)


def clean_cell(value: object) -> Cell:
    """One value of a workbook: whole floats as integers, midnights as dates, blanks as None."""
    if isinstance(value, str):
        return clean_text(value) or None
    if isinstance(value, bool | int | Flaw) or value is None:
        return value
    if isinstance(value, float):
        return clean_number(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time(0) else value
    return value if isinstance(value, date) else str(value)


def clean_number(value: float) -> Cell:
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 (the test for NaN)
        return Flaw("#NUM!")
    return int(value) if value.is_integer() else round(value, 12)


def text_of(cell: Cell) -> str:
    """The cell in words; dates as in ISO 8601, an empty cell as an empty text."""
    if isinstance(cell, str):  # first, since a register is mostly texts
        return cell
    if cell is None:
        return ""
    if isinstance(cell, Flaw):
        return cell.code
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def is_damaged(text: str) -> bool:
    """True where an earlier program lost characters to a wrong encoding."""
    return DAMAGED.search(text) is not None
