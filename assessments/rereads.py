"""Risks that stand in the same cell and have another level, because another matrix came between two days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F

from assessments.matrix import Cell
from assessments.models import MatrixCell, MatrixScheme
from assessments.moves import MOST_LISTED, MovedRisk, placed
from registers.querysets import RiskQuerySet
from riskhub.company.calendar import first_moment
from riskhub.company.preferences import company_zone


@dataclass(frozen=True)
class Rereads:
    """`risks` are the first of them by rank; `before` is the level under the former matrix."""

    count: int
    risks: Sequence[MovedRisk]

    @property
    def is_cut(self) -> bool:
        return len(self.risks) < self.count


def rereads_of(risks: RiskQuerySet, kind: str, since: date, until: date) -> Rereads:
    """By the matrices that were in force at the ends of the two days. At most seven queries."""
    zone = company_zone()
    start, end = (first_moment(day + timedelta(days=1), zone) for day in (since, until))
    changed = _changed_cells(start, end)
    if not changed:
        return Rereads(0, [])
    found = placed(risks, kind, start, end).filter(
        before_place=F("after_place"), after_place__in=[p * 10 + i for p, i in changed]
    )
    listed = found.select_related("owner_department").order_by("rank_key")[:MOST_LISTED]
    return Rereads(
        found.count(), [MovedRisk(risk, *changed[divmod(risk.after_place, 10)]) for risk in listed]
    )


def _changed_cells(start: datetime, end: datetime) -> dict[tuple[int, int], tuple[Cell, Cell]]:
    """{place: as it was, as it is}, of those whose level differs."""
    former, now = _in_force_before(start), _in_force_before(end)
    if former == now:
        return {}
    rows = MatrixCell.objects.filter(scheme__in=[former, now])
    levels = {
        (scheme, (p, i)): level
        for scheme, p, i, level in rows.values_list("scheme", "probability", "impact", "level")
    }
    return {
        place: (Cell(*place, levels[former, place]), Cell(*place, level))
        for (scheme, place), level in levels.items()
        if scheme == now and levels[former, place] != level
    }


def _in_force_before(moment: datetime) -> int:
    """What was judged before the first one came into force is read by that one."""
    schemes = MatrixScheme.objects.exclude(in_force_from=None).order_by("in_force_from")
    since = schemes.filter(in_force_from__lt=moment).last() or schemes.first()
    return since.number if since else 0
