"""The scores of one row: one pair or two, decided by the scales, never half."""

from django.utils.translation import gettext_noop as _

from assessments.register_import.body import BodyRow
from assessments.register_import.reading import Table
from assessments.register_import.scales import UndecidedError
from assessments.register_import.values import number_of
from riskhub.imports.sentences import Sentence, say
from riskhub.imports.sheets import NOT_CALCULATED, Cell, Flaw, column_letter, text_of

Pair = tuple[int, int]

AXIS_TITLES = {"probability": _("Probability"), "impact": _("Impact")}
INCOMPLETE = {
    "probability": _(
        "The impact is given, the probability is missing in column %(column)s. "
        "Fill in both in the file, or neither."
    ),
    "impact": _(
        "The probability is given, the impact is missing in column %(column)s. "
        "Fill in both in the file, or neither."
    ),
}
UNMAPPED = {
    "probability": _(
        "The impact is given, and no column is mapped to the probability. "
        "Set %(key)s in the mapping, or set %(other)s to null."
    ),
    "impact": _(
        "The probability is given, and no column is mapped to the impact. "
        "Set %(key)s in the mapping, or set %(other)s to null."
    ),
}
LONGEST_SHOWN = 80


class Scores:
    """`inherent` and `residual` are pairs (probability, impact) or None for not rated."""

    def __init__(self, table: Table, body_row: BodyRow) -> None:
        self.table = table
        self.cells = body_row.cells
        self.errors: list[Sentence] = []
        self.messages: list[Sentence] = []
        first = self.pair("")
        after = self.pair("residual_")
        self.has_own_residual = first is not None and after is not None
        self.inherent = first or after
        self.residual = after or first
        self.check_residual()
        self.check_doubts()
        self.explain()

    def pair(self, prefix: str) -> Pair | None:
        before = len(self.errors)
        probability = self.score("probability", f"{prefix}probability")
        impact = self.score("impact", f"{prefix}impact")
        if probability is not None and impact is not None:
            return (probability, impact)
        if len(self.errors) == before and (probability is not None or impact is not None):
            self.errors.append(self.half("impact" if impact is None else "probability", prefix))
        return None

    def score(self, axis: str, field: str) -> int | None:
        """The highest score of the field's columns."""
        found: list[int] = []
        for column in self.table.columns.get(field, ()):
            cell = self.cells[column] if column < len(self.cells) else None
            try:
                score = self.table.scales[axis].score(cell)
            except UndecidedError:
                self.errors.append(self.undecided(axis, column, cell))
                continue
            if score is not None:
                found.append(score)
        return max(found, default=None)

    def undecided(self, axis: str, column: int, cell: Cell) -> Sentence:
        facts: dict[str, str | Sentence] = {
            "axis": say(AXIS_TITLES[axis]),
            "column": column_letter(column),
        }
        if cell == NOT_CALCULATED:
            return say(
                _(
                    "%(axis)s: column %(column)s holds a formula that was never calculated. "
                    "Open the file in a spreadsheet program and save it again."
                ),
                **facts,
            )
        if isinstance(cell, Flaw):
            return say(
                _("%(axis)s: column %(column)s holds the error %(code)s. Correct it in the file."),
                code=cell.code,
                **facts,
            )
        value = " ".join(text_of(cell).split())[:LONGEST_SHOWN]
        if number_of(cell) is not None:
            return say(
                _(
                    "%(axis)s “%(value)s” in column %(column)s has no agreed score. "
                    "Choose 1 (lowest), 2, 3, 4 or 5 (highest) and set %(key)s, "
                    "or the limits of the steps in %(bands)s, in the mapping."
                ),
                value=value,
                key=f'scales.{axis}["{value}"]',
                bands=f"scales.{axis}.bands",
                **facts,
            )
        return say(
            _("%(axis)s “%(value)s” in column %(column)s has no agreed score. "
              "Choose 1 (lowest), 2, 3, 4 or 5 (highest) and set %(key)s in the mapping."),
            value=value,
            key=f'scales.{axis}["{value}"]',
            **facts,
        )  # fmt: skip

    def half(self, missing: str, prefix: str) -> Sentence:
        columns = self.table.columns.get(prefix + missing)
        if columns:
            return say(INCOMPLETE[missing], column=column_letter(columns[0]))
        given = "impact" if missing == "probability" else "probability"
        return say(
            UNMAPPED[missing], key=f"columns.{prefix}{missing}", other=f"columns.{prefix}{given}"
        )

    def check_residual(self) -> None:
        """The database refuses a residual above the inherent on either axis."""
        if not self.inherent or not self.residual:
            return
        for axis, before, after in zip(AXIS_TITLES, self.inherent, self.residual, strict=True):
            if after > before:
                self.errors.append(
                    say(
                        _(
                            "%(axis)s: the residual %(after)s is above the inherent %(before)s. "
                            "Correct the file, or set %(key)s to null in the mapping."
                        ),
                        axis=say(AXIS_TITLES[axis]),
                        after=after,
                        before=before,
                        key="columns.residual_probability, columns.residual_impact",
                    )
                )

    def check_doubts(self) -> None:
        """A filled cell of a column that may be a score or a text: asked, not guessed."""
        for doubt in self.table.doubts:
            index = doubt.column.index
            if index < len(self.cells) and self.cells[index] is not None:
                self.errors.append(
                    say(
                        _(
                            "Column %(column)s “%(name)s” may hold the impact's score or the consequence "
                            "in words. Set columns.impact or columns.consequence to it in the mapping."
                        ),
                        column=doubt.column.letter,
                        name=" ".join(doubt.column.text.split()),
                    )
                )

    def explain(self) -> None:
        if self.inherent is None:
            self.messages.append(say(_("Without scores: the row has none.")))
        elif self.has_own_residual and self.residual and self.residual != self.inherent:
            self.messages.append(
                say(
                    _(
                        "Residual %(probability)s, %(impact)s from the file: "
                        "imported, controls not linked."
                    ),
                    probability=self.residual[0],
                    impact=self.residual[1],
                )
            )
