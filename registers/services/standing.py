"""What the risk shows of its confirmed assessment and its plan. Nothing else writes these columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, Value, When

from registers.choices import RiskState
from registers.models import Risk
from registers.reading_levels import level_in, other_level_in
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import can_move
from riskhub.audit.versions import lock_row, save_fields

Cell = tuple[int, int, int]  # probability, impact, level rank
_KINDS = ("inherent", "residual", "target")


@dataclass(frozen=True)
class Standing:
    """The cells of a confirmed assessment under one scheme."""

    scheme: int
    inherent: Cell
    residual: Cell
    target: Cell | None
    assessed_on: date
    next_review_on: date | None = None


def set_standing(risk: Risk, standing: Standing, *, by: User | None) -> Risk:
    """Show a confirmed assessment on its risk; an identified risk becomes assessed."""
    with acting(by, "risk.assessed"):
        stored = lock_row(risk)
        fields = _columns(standing)
        if stored.state == RiskState.IDENTIFIED:
            fields["state"] = RiskState.ASSESSED
        return save_fields(stored, **fields)


def set_standings(standings: Mapping[int, Standing], *, by: User | None) -> None:
    """The same for many risks by their keys: one query for each different standing."""
    with acting(by, "risk.assessed"):
        alike: dict[Standing, list[int]] = {}
        for key, standing in standings.items():
            alike.setdefault(standing, []).append(key)
        next_state = Case(
            When(state=RiskState.IDENTIFIED, then=Value(RiskState.ASSESSED)), default=F("state")
        )
        for standing, keys in alike.items():
            Risk.objects.filter(pk__in=keys).update(
                state=next_state, row_version=F("row_version") + 1, **_columns(standing)
            )


def reread_levels(scheme: int, levels: Mapping[tuple[int, int], int], *, by: User | None) -> None:
    """Risks to whose scores this scheme gives another level show that; the scores stay. One query.

    What reads the same in both keeps the number of the scheme that gave it: nothing changes about it.
    """
    other = Q(pk__in=[])
    for kind in _KINDS:
        other |= other_level_in(kind, levels)
    with acting(by, "risk.level_reread"):
        Risk.objects.filter(other, standing_scheme__isnull=False).update(
            standing_scheme=scheme,
            row_version=F("row_version") + 1,
            **{f"{kind}_level": level_in(kind, levels) for kind in _KINDS},
        )


def _columns(standing: Standing) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "standing_scheme": standing.scheme,
        "assessed_on": standing.assessed_on,
    }
    if standing.next_review_on:
        columns["next_review_on"] = standing.next_review_on
    for kind in _KINDS:
        columns |= _cell_columns(kind, getattr(standing, kind))
    return columns


def _cell_columns(kind: str, cell: Cell | None) -> dict[str, int | None]:
    names = (f"{kind}_probability", f"{kind}_impact", f"{kind}_level")
    return dict(zip(names, cell or (None, None, None), strict=True))


@dataclass(frozen=True)
class PlanStanding:
    """Strategy and state of the living plan, its newest version, and the one in force.

    `target` is what the risk then aims at (see `assessments.aims`), its level read by `scheme`.
    """

    strategy: str = ""
    state: str = ""
    version: int | None = None
    in_force: int | None = None
    target: Cell | None = None
    scheme: int | None = None


def set_plan_standing(
    risk: Risk, shown: PlanStanding, *, by: User | None, state: RiskState | None = None
) -> Risk:
    """Show the plan on its risk, and take the risk along to `state` where its table allows it."""
    with acting(by, "risk.plan_changed"):
        stored = lock_row(risk)
        fields: dict[str, object] = {
            f"plan_{name}": getattr(shown, name)
            for name in ("strategy", "state", "version", "in_force")
        }
        fields |= _cell_columns("target", shown.target)
        if shown.target:
            fields["standing_scheme"] = shown.scheme
        if state and state != stored.state and can_move(stored, state):
            fields["state"] = state
        return save_fields(stored, **fields)
