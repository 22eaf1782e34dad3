"""What a page of a matrix shows: the checks, what the levels mean, what would change, how it came to this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.matrix import SCORES
from assessments.matrix_checks import Finding, Severity, check_matrix
from assessments.matrix_checks.drawn import Place
from assessments.matrix_checks.losses import Diagonal, Meaning, diagonals, meanings
from assessments.models import MatrixScheme
from assessments.schemes.changes import WhatChanges, what_changes
from assessments.schemes.content import WORDED, Rule, SchemeContent, Step, figure
from assessments.schemes.differences import Differences, differences_between
from assessments.schemes.faults import missing_in
from assessments.schemes.in_force import scheme_in_force
from assessments.schemes.permissions import deciding_scheme_as, is_own_scheme
from assessments.schemes.rows import content_of
from registers.choices import Level
from registers.models import Risk, RiskArea
from riskhub.accounts.models import User

MARKS = {Severity.ERROR: "is-at-fault", Severity.WARNING: "is-warned"}
"""How the cells of a finding are outlined."""


@dataclass(frozen=True)
class MapCell:
    place: Place
    level: int
    mark: str
    """Its outline: of an error, of a warning or none."""
    is_floor: bool
    line: str
    """On which of its sides the appetite line runs: l, b, both or none."""


@dataclass(frozen=True)
class MapRow:
    """One impact of the drawn map, from probability 1 on."""

    impact: int
    name: str
    cells: Sequence[MapCell]


@dataclass(frozen=True)
class ScaleRow:
    """One score of an axis; `lower` is empty where the band is open below."""

    score: int
    step: Step
    lower: str

    @property
    def described(self) -> list[tuple[str, str]]:
        """Of impact: the name of each dimension, and what the score means in it."""
        names = (str(dimension.label) for dimension in WORDED)
        return list(zip(names, map(str, self.step.anchors), strict=True))


@dataclass(frozen=True)
class RuleRow:
    level: int
    rule: Rule

    @property
    def asks(self) -> list[str]:
        named = (
            (self.rule.needs_plan, _("plan")),
            (self.rule.needs_approval, _("approval")),
            (self.rule.needs_special_measures, _("special measures")),
            (self.rule.needs_contingency, _("contingency plan")),
        )
        return [words for is_asked, words in named if is_asked]


@dataclass(frozen=True)
class Judged:
    """A matrix with what is to be said of it."""

    content: SchemeContent

    @cached_property
    def findings(self) -> list[Finding]:
        return check_matrix(self.content.drawn)

    @cached_property
    def missing(self) -> list[str]:
        return missing_in(self.content)

    @property
    def errors(self) -> int:
        return sum(one.severity == Severity.ERROR for one in self.findings) + len(self.missing)

    @property
    def warnings(self) -> int:
        return sum(one.severity == Severity.WARNING for one in self.findings)

    @property
    def told(self) -> str:
        """How many errors and warnings there are."""
        if not self.errors and not self.warnings:
            return _("No error, no warning.")
        errors = ngettext("%(count)d error", "%(count)d errors", self.errors)
        warnings = ngettext("%(count)d warning", "%(count)d warnings", self.warnings)
        counted = {"errors": errors % {"count": self.errors}}
        counted["warnings"] = warnings % {"count": self.warnings}
        return _("%(errors)s, %(warnings)s") % counted

    @cached_property
    def marks(self) -> dict[Place, str]:
        """The cells that an error is about, and those of warnings alone."""
        by_rank = sorted(self.findings, key=lambda one: one.severity.rank, reverse=True)
        told = [one for one in by_rank if one.severity in MARKS]
        return {cell: MARKS[one.severity] for one in told for cell in one.cells}

    @property
    def faults(self) -> str:
        """For the script of the editor: 15 24."""
        return self._marked(Severity.ERROR)

    @property
    def warned(self) -> str:
        return self._marked(Severity.WARNING)

    def _marked(self, severity: Severity) -> str:
        marked = sorted(cell for cell, mark in self.marks.items() if mark == MARKS[severity])
        return " ".join(f"{p}{i}" for p, i in marked)

    @property
    def rows(self) -> list["MapRow"]:
        """As drawn: the highest impact on top."""
        cells = self.content.cells
        floors = {floor.place for floor in self.content.floors}
        return [
            MapRow(
                i,
                str(self.content.impact[i - 1].name),
                [
                    MapCell(
                        (p, i),
                        cells[p, i],
                        self.marks.get((p, i), ""),
                        (p, i) in floors,
                        _line(cells, (p, i)),
                    )
                    for p in SCORES
                ],
            )
            for i in reversed(SCORES)
        ]

    @property
    def probability_rows(self) -> list["ScaleRow"]:
        return _scale_rows(self.content.probability, self.content.probability_limits)

    @property
    def impact_rows(self) -> list["ScaleRow"]:
        return _scale_rows(self.content.impact, self.content.impact_limits)

    @property
    def dimensions(self) -> list[str]:
        return [str(dimension.label) for dimension in WORDED]

    @property
    def rule_rows(self) -> list["RuleRow"]:
        """The highest level first."""
        return [RuleRow(rank, rule) for rank, rule in enumerate(self.content.rules)][::-1]

    @property
    def area_rows(self) -> list[tuple[str, str]]:
        """The name of each area with a line of its own, and the level above which it asks for more."""
        areas = RiskArea.objects.filter(code__in=self.content.areas)
        return [(area.name, str(Level(self.content.areas[area.code]).label)) for area in areas]

    @property
    def has_losses(self) -> bool:
        """Whether the scales are such that expected losses can be said."""
        return not any(
            one.code in ("M1", "M9") and one.severity == Severity.ERROR for one in self.findings
        )

    @property
    def meanings(self) -> list[Meaning]:
        """The highest level first."""
        return meanings(self.content.drawn)[::-1] if self.has_losses else []

    @property
    def diagonals(self) -> list[Diagonal]:
        return diagonals(self.content.drawn)[::-1] if self.has_losses else []


def _line(cells: Mapping[Place, int], place: Place) -> str:
    """Left of or below a cell above the line whose neighbour there is not."""
    p, i = place
    if cells[place] <= Level.MEDIUM:
        return ""
    sides = {"l": (p - 1, i), "b": (p, i - 1)}
    return "".join(side for side, other in sides.items() if cells.get(other, 9) <= Level.MEDIUM)


def _scale_rows(steps: Sequence[Step], limits: Sequence[Decimal]) -> list[ScaleRow]:
    """The highest score first."""
    lowers = ["", *(figure(limit) for limit in limits)]
    return [
        ScaleRow(score, step, lower)
        for score, (step, lower) in enumerate(zip(steps, lowers, strict=True), start=1)
    ][::-1]


def changes_under(user: User, content: SchemeContent) -> WhatChanges:
    """Of the open risks that this user sees."""
    return what_changes(Risk.objects.visible_to(user).open(), content.cells)


def differences(content: SchemeContent) -> Differences:
    """From the matrix in force."""
    in_force = scheme_in_force()
    areas = {area.code: area.name for area in RiskArea.objects.all()}
    return differences_between(in_force.number, content_of(in_force), content, areas)


def deciding_objection(user: User, scheme: MatrixScheme) -> str:
    """Why this user does not decide on it, in a sentence; empty when they do."""
    if is_own_scheme(user, scheme):
        return _("You wrote in this matrix. Another person decides on it.")
    if deciding_scheme_as(user, scheme) is None:
        return _(
            "You stand in for somebody who wrote in this matrix. Another person decides on it."
        )
    return ""
