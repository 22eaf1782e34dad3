"""Which risks of a set moved on the matrix between the ends of two days.

A risk stands where the assessment put it that was confirmed last before the end of the day. Only those
with an assessment confirmed between the two days can have moved, so only those are looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery

from assessments.choices import AssessmentState
from assessments.heat_map import Standard, standard_in_force
from assessments.matrix import Cell
from assessments.models import Assessment, MatrixScheme
from registers.models import Risk
from registers.querysets import RiskQuerySet
from riskhub.company.calendar import first_moment
from riskhub.company.preferences import company_zone
from riskhub.reports.charts.moves import Move

MOST_LISTED = 100
_DECIDED = (AssessmentState.CONFIRMED, AssessmentState.SUPERSEDED)


@dataclass(frozen=True)
class MovedRisk:
    """From where to where; both levels are those of the matrix in force, as the picture has them."""

    risk: Risk
    before: Cell
    after: Cell

    @property
    def is_worse(self) -> bool:
        return (self.after.level, sum(self.after.pair)) > (self.before.level, sum(self.before.pair))


@dataclass(frozen=True)
class Pairing:
    """All risks that went from one cell to another; `code` of the first of them."""

    before: Cell
    after: Cell
    count: int
    code: str

    @property
    def move(self) -> Move:
        label = self.code if self.count == 1 else f"×{self.count}"
        return Move(label, self.before.pair, self.after.pair)


@dataclass(frozen=True)
class Moves:
    """`pairs` from the largest group; `risks` the first of them, what became worse first."""

    standard: Standard
    pairs: Sequence[Pairing]
    risks: Sequence[MovedRisk]
    new: int
    new_matrix: datetime | None = None
    """Since when another matrix is in force, where it came after the first of the two days."""

    @property
    def count(self) -> int:
        return sum(pair.count for pair in self.pairs)

    @property
    def is_cut(self) -> bool:
        return len(self.risks) < self.count


def moves_of(risks: RiskQuerySet, kind: str, since: date, until: date) -> Moves:
    """Five queries at most, however many risks (more when a scheme is seen first); raises NoScheme."""
    found = _with_places(risks, kind, since, until)
    moved = found.exclude(before=None).exclude(after=None).exclude(before=F("after"))
    # What differs in the level alone, because another scheme came, has not moved.
    moved = moved.filter(~Q(before_place=F("after_place")))
    standard = standard_in_force()
    grid = standard.scales.grid

    def cell(place: int) -> Cell:
        return grid.cell(*divmod(place, 10))

    rows = moved.values_list("before_place", "after_place")
    rows = rows.annotate(risks=Count("pk"), first=Min("code"))
    pairs = [
        Pairing(cell(a), cell(b), n, code) for a, b, n, code in rows.order_by("-risks", "first")
    ]
    listed = moved.order_by(F("after_level") - F("before_level"), "after_place").reverse()
    shown = [
        MovedRisk(risk, cell(risk.before_place), cell(risk.after_place))
        for risk in listed.select_related("owner_department")[:MOST_LISTED]
    ]
    new = found.filter(before=None).exclude(after=None).count()
    return Moves(standard, pairs, shown, new, _new_matrix(standard, since))


def _new_matrix(standard: Standard, since: date) -> datetime | None:
    """The first matrix of a company is not another one: nothing was read by one before it."""
    came = standard.scales.scheme.in_force_from
    if came is None or came < first_moment(since + timedelta(days=1), company_zone()):
        return None
    return came if MatrixScheme.objects.filter(in_force_from__lt=came).exists() else None


def _with_places(risks: RiskQuerySet, kind: str, since: date, until: date) -> Any:  # noqa: ANN401 - with annotations
    """`before` and `after` as probability, impact and level in three digits; None where not judged."""
    zone = company_zone()
    start, end = (first_moment(day + timedelta(days=1), zone) for day in (since, until))
    between = _judgements().filter(confirmed_at__gte=start, confirmed_at__lt=end)
    return placed(risks.filter(Exists(between)), kind, start, end)


def placed(risks: RiskQuerySet, kind: str, start: datetime, end: datetime) -> Any:  # noqa: ANN401 - with annotations
    """Where each of these stood before either moment; see `_with_places`."""
    of_risk = _judgements()
    base = Risk.objects.filter(pk__in=risks.order_by().values("pk"))
    code = F(f"{kind}_probability") * 100 + F(f"{kind}_impact") * 10 + F(f"{kind}_level")

    def last_before(moment: object) -> Subquery:
        rows = of_risk.filter(confirmed_at__lt=moment).order_by("-confirmed_at", "-pk")
        return Subquery(rows.annotate(place=code).values("place")[:1], output_field=IntegerField())

    found = base.annotate(before=last_before(start), after=last_before(end))
    return found.annotate(
        before_place=F("before") / 10, after_place=F("after") / 10,
        before_level=F("before") % 10, after_level=F("after") % 10,
    )  # fmt: skip


def _judgements() -> QuerySet[Assessment]:
    """Of the risk around, all that were confirmed once."""
    return Assessment.objects.filter(risk=OuterRef("pk"), state__in=_DECIDED)
