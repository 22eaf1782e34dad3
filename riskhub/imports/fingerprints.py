"""By which a file is known again whose table has the same columns: the texts of its header row."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from riskhub.imports.headers import ROWS_SEARCHED
from riskhub.imports.sheets import Cell, Sheet, TableFile, text_of

FEWEST = 2


@dataclass(frozen=True)
class Place:
    """Where a header row stands in a file."""

    header: str
    sheet: str | None
    row: int


def fingerprint_of(cells: Iterable[Cell]) -> str:
    """64 hexadecimal digits of the texts in their columns; empty where the row has too few to be known by.

    Upper and lower case, and blanks within a name, make no difference.
    """
    names = ["".join(text_of(cell).casefold().split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if sum(map(bool, names)) < FEWEST:
        return ""
    return hashlib.sha256(json.dumps(names, ensure_ascii=False).encode()).hexdigest()


def find_header_row(file: TableFile, headers: Collection[str]) -> Place | None:
    """The first row with one of these fingerprints, sheets that are shown before hidden ones."""
    for sheet in sorted(file.sheets, key=lambda sheet: sheet.is_hidden):
        for row, found in _rows(sheet):
            if found in headers:
                return Place(found, sheet.name, row)
    return None


def _rows(sheet: Sheet) -> Iterable[tuple[int, str]]:
    return (
        (row, fingerprint_of(cells))
        for row, cells in enumerate(sheet.rows[:ROWS_SEARCHED], start=1)
        if cells
    )
