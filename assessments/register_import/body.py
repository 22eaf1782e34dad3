"""Which rows below the header are risks, and why the others are not."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext_noop as _

from assessments.register_import.fields import SCORE_FIELDS
from assessments.register_import.names import SEARCH
from assessments.register_import.values import is_scale_word, names_a_risk, number_of, value_key
from riskhub.imports.headers import HeaderRow, repeats_names
from riskhub.imports.sentences import Sentence, say
from riskhub.imports.sheets import NOT_CALCULATED, Cell, Flaw, column_letter, text_of

TOTALS = re.compile(
    r"(grand |sub)?-?totals?|sum|average|mean|count|合计|总计|小计|平均|平均值|总数|汇总|总分|小结|统计"
)
TEXTS = ("cause", "event", "consequence")
LEAST_FILLED = 2

FieldColumns = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class BodyRow:
    """One row of the file below the header. `reason` says why it is ignored or wrong."""

    row: int
    cells: tuple[Cell, ...]
    outcome: str
    reason: Sentence | None = None
    group: str = ""


def read_body(header: HeaderRow, end: int, columns: FieldColumns) -> Iterator[BodyRow]:
    """Every row from the first below the header to the last filled one of the sheet."""
    shape = Shape.of(header, end, columns)
    group = ""
    for row in range(header.first_data_row, last_filled_row(header) + 1):
        cells = tuple(header.sheet.row(row))
        outcome, reason = judge(row, cells, header, end, shape)
        if outcome == "heading":
            group, outcome = shape.title(cells) or first_text(cells), "ignored"
        yield BodyRow(row, cells, outcome, reason, group)


def last_filled_row(header: HeaderRow) -> int:
    filled = (
        row
        for row in range(len(header.sheet.rows), 0, -1)
        if any(cell is not None for cell in header.sheet.row(row))
    )
    return next(filled, 0)


@dataclass(frozen=True)
class Shape:
    """How full the rows of this table usually are, to tell a heading from a risk."""

    columns: FieldColumns
    usual: float
    next_numbers: Mapping[int, str]

    @classmethod
    def of(cls, header: HeaderRow, end: int, columns: FieldColumns) -> "Shape":
        shape = cls(columns, 0.0, {})
        rows = {row: tuple(header.sheet.row(row)) for row in range(header.first_data_row, end + 1)}
        titled = {row: cells for row, cells in rows.items() if shape.title(cells)}
        counts = [shape.count_others(cells) for cells in titled.values()]
        fuller = [count for count in counts if count]
        usual = median(fuller) if 2 * len(fuller) > len(counts) else 0
        following = list(titled.values())[1:]
        numbers = {
            row: shape.text("number", cells) for row, cells in zip(titled, following, strict=False)
        }
        return cls(columns, usual, numbers)

    def text(self, field: str, cells: tuple[Cell, ...]) -> str:
        """The texts of a field's columns in this row."""
        found = (cells[i] for i in self.columns.get(field, ()) if i < len(cells))
        return " ".join(text_of(cell) for cell in found if cell is not None)

    def title(self, cells: tuple[Cell, ...]) -> str:
        return self.text("title", cells)

    def count_others(self, cells: tuple[Cell, ...]) -> int:
        """Filled fields beside the title and the number; a computed 0 counts as empty."""
        skipped = {"title", "number"}
        return sum(
            value_key(self.text(field, cells)) not in {"", "0"}
            for field in self.columns
            if field not in skipped
        )

    def tells(self, cells: tuple[Cell, ...]) -> bool:
        """True where a row says something of a risk: a text of it, or a score that is not a 0."""
        texts = any(value_key(self.text(field, cells)) for field in TEXTS)
        scores = [cells[i] for f in SCORE_FIELDS for i in self.columns.get(f, ()) if i < len(cells)]
        return texts or any(number_of(cell) or is_scale_word(cell) for cell in scores)

    def is_heading(self, row: int, cells: tuple[Cell, ...]) -> bool:
        """A title alone where rows are usually fuller.

        A number of its own makes it a risk, unless the next row's number starts with it (2, then 2.1).
        """
        if self.usual < LEAST_FILLED or self.count_others(cells):
            return False
        number = self.text("number", cells)
        following = self.next_numbers.get(row, "")
        return not number or following.startswith((f"{number}.", f"{number}-"))


Judgement = tuple[str, Sentence | None]


def judge(
    row: int, cells: tuple[Cell, ...], header: HeaderRow, end: int, shape: Shape
) -> Judgement:
    """risk, heading, ignored or error, with the reason for the last three."""
    if all(cell is None for cell in cells):
        return "ignored", say(_("Empty row."))
    if row > end:
        return "ignored", say(
            _("Below the table: another table begins in row %(row)s."), row=end + 1
        )
    if cells == tuple(header.sheet.row(header.row)) or repeats_names(header, row, SEARCH):
        return "ignored", say(_("The column names again."))
    title = shape.title(cells)
    if not title:
        return judge_untitled(cells, shape)
    return judge_titled(row, cells, title, shape)


def judge_untitled(cells: tuple[Cell, ...], shape: Shape) -> Judgement:
    column = column_letter(shape.columns["title"][0])
    if shape.tells(cells):
        return "error", say(
            _(
                "The name of the risk is missing in column %(column)s. Fill it in, or empty the row."
            ),
            column=column,
        )
    filled = [cell for cell in cells if cell is not None and not isinstance(cell, Flaw)]
    if len(filled) == 1 and names_a_risk(filled[0]):
        return "heading", say(_("A heading or note, no risk."))
    return "ignored", say(_("No name of a risk in column %(column)s."), column=column)


def judge_titled(row: int, cells: tuple[Cell, ...], title: str, shape: Shape) -> Judgement:
    column = column_letter(shape.columns["title"][0])
    first = cells[shape.columns["title"][0]]
    if isinstance(first, Flaw):
        return "error", say(
            _("Column %(column)s holds %(code)s instead of the name of the risk."),
            column=column,
            code=flaw_name(first),
        )
    if not any(character.isalpha() for character in title):
        return "ignored", say(
            _("Column %(column)s holds a number, no name of a risk."), column=column
        )
    if TOTALS.fullmatch(value_key(title).rstrip(":")):
        return "ignored", say(_("A line of totals, no risk."))
    if shape.is_heading(row, cells):
        return "heading", say(_("A heading of a group, no risk."))
    return "risk", None


def flaw_name(flaw: Flaw) -> str | Sentence:
    """The error as the file shows it, or that a formula has no value."""
    return say(_("a formula never calculated")) if flaw == NOT_CALCULATED else flaw.code


def first_text(cells: tuple[Cell, ...]) -> str:
    return next((cell for cell in cells if isinstance(cell, str)), "")


def has_names(body: Iterable[BodyRow], columns: tuple[int, ...]) -> bool:
    """False for a column of mere codes and numbers: such a table lists no risks."""
    risks = (row.cells for row in body if row.outcome == "risk")
    return any(names_a_risk(cells[i]) for cells in risks for i in columns if i < len(cells))
