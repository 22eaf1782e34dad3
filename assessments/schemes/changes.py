"""Which risks would change their level under other cells: counted and found by the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from assessments.matrix_checks.drawn import Place
from registers.models import Risk
from registers.querysets import RiskQuerySet
from registers.reading_levels import level_in, other_level_in

FIRST = 20


@dataclass(frozen=True)
class Change:
    """The key of a risk, its level now and then."""

    risk: int
    former: int
    level: int


@dataclass(frozen=True)
class Move:
    """How many risks go from one level to another."""

    former: int
    level: int
    count: int


@dataclass(frozen=True)
class WhatChanges:
    """`first` are the risks to look at first; `rated` is how many have a level at all."""

    rated: int
    moves: Sequence[Move]
    first: Sequence[Risk]

    @property
    def count(self) -> int:
        return sum(move.count for move in self.moves)

    @property
    def raised(self) -> int:
        return sum(move.count for move in self.moves if move.level > move.former)

    @property
    def lowered(self) -> int:
        return self.count - self.raised

    @property
    def is_cut(self) -> bool:
        return len(self.first) < self.count


def what_changes(risks: RiskQuerySet, cells: Mapping[Place, int]) -> WhatChanges:
    """Two queries, however many risks: the counts by cell, and the first risks that move."""
    rows = (
        risks.order_by()
        .filter(residual_level__isnull=False)
        .values_list("residual_probability", "residual_impact", "residual_level")
        .annotate(risks=Count("*"))
    )
    moves: dict[tuple[int, int], int] = {}
    rated = 0
    for probability, impact, former, count in rows:
        rated += count
        level = cells[probability, impact]
        if level != former:
            moves[former, level] = moves.get((former, level), 0) + count
    first = list(_moving(risks, cells).order_by("rank_key")[:FIRST]) if moves else []
    for risk in first:
        risk.level_then = cells[risk.residual_probability, risk.residual_impact]  # type: ignore[attr-defined, index]  # of this list, rated
    counted = [Move(former, level, count) for (former, level), count in sorted(moves.items())]
    return WhatChanges(rated, counted, first)


def changed_risks(risks: RiskQuerySet, cells: Mapping[Place, int]) -> list[Change]:
    """All of them, in one query."""
    rows = _moving(risks, cells).order_by("pk").annotate(then=level_in("residual", cells))
    return [
        Change(key, former, then)
        for key, former, then in rows.values_list("pk", "residual_level", "then")
        if former is not None
    ]


def _moving(risks: RiskQuerySet, cells: Mapping[Place, int]) -> RiskQuerySet:
    return risks.filter(other_level_in("residual", cells), residual_level__isnull=False)
