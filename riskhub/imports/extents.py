"""How far the cells of a sheet reach, counted by whoever scans it before it is read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from riskhub.imports.limits import Limits
from riskhub.imports.packages import refuse_damaged
from riskhub.imports.sentences import FileRefusedError, place, refuse_at
from riskhub.imports.sheets import Flaw, column_letter


@dataclass
class SheetFacts:
    """Counted from the cells themselves; rows 1-based, columns 0-based."""

    cells: int = 0
    last_row: int = 0
    last_column: int = -1
    characters: int = 0
    strings: Counter[int] = field(default_factory=Counter)
    flaws: dict[tuple[int, int], Flaw] = field(default_factory=dict)

    @property
    def grid(self) -> int:
        """The cells that a reader fills: from A1 to the last one."""
        return self.last_row * (self.last_column + 1)

    def count(self, row: int, column: int) -> None:
        self.cells += 1
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)


def check_extent(where: str, row: int, column: int, limits: Limits) -> None:
    if row < 1:
        raise refuse_damaged()
    if row > limits.rows:
        raise refuse_at(
            place(where, row, column_letter(column)),
            _("the limit is %(limit)s rows. Delete what stands below the table, or split it."),
            limit=limits.rows,
        )
    if column >= limits.columns:
        raise refuse_at(
            place(where, row, column_letter(column)),
            _("the limit is %(limit)s columns. Delete what stands right of the table."),
            limit=limits.columns,
        )


def check_totals(facts: Mapping[str, SheetFacts], lengths: Sequence[int], limits: Limits) -> None:
    """The grid that a reader fills runs from A1 to the last cell, and repeats shared strings."""
    cells = characters = 0
    for name, sheet in facts.items():
        cells += sheet.grid
        characters += sheet.characters + sum(
            count * lengths[index] for index, count in sheet.strings.items() if index < len(lengths)
        )
        if cells > limits.cells or characters > limits.characters:
            raise refuse_cells(name, sheet.last_row, sheet.last_column, limits)


def refuse_cells(where: str, row: int, column: int, limits: Limits) -> FileRefusedError:
    return refuse_at(
        place(where, row, column_letter(max(column, 0))),
        _("the limit is %(limit)s cells. Copy the table alone into a new workbook."),
        limit=limits.cells,
    )
