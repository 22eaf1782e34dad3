"""Plans and actions that somebody leaves behind get their new owners."""

from typing import Any

from django.db.models import F

from assessments.models import Action, DrillGap, ResponsePlan
from registers.services.handing_over import require_owners
from riskhub.accounts.leaving import Heirs
from riskhub.accounts.models import User
from riskhub.audit.context import acting


def hand_over_plans(heirs: Heirs, *, by: User) -> None:
    """The owner is no part of the text: an approval stays."""
    with acting(by, "plan.handed_over"):
        plans = ResponsePlan.objects.live().select_related("risk__owner_department")
        found = list(plans.select_for_update(of=("self",)).filter(pk__in=heirs).order_by("pk"))
        require_owners({(heirs[plan.pk], plan.risk.owner_department) for plan in found})
        _give(ResponsePlan.objects.live(), found, heirs)


def hand_over_actions(heirs: Heirs, *, by: User) -> None:
    """Of the plan in force; a later version of its text has to name somebody who is there."""
    with acting(by, "action.handed_over"):
        actions = Action.objects.pending().select_related("plan__risk__owner_department")
        found = list(actions.select_for_update(of=("self",)).filter(pk__in=heirs).order_by("pk"))
        require_owners({(heirs[one.pk], one.plan.risk.owner_department) for one in found})
        _give(Action.objects.pending(), found, heirs)


def hand_over_gaps(heirs: Heirs, *, by: User) -> None:
    """Of drills: the ones that are not closed yet."""
    with acting(by, "drill_gap.handed_over"):
        gaps = DrillGap.objects.open().select_related("drill__plan__owner_department")
        found = list(gaps.select_for_update(of=("self",)).filter(pk__in=heirs).order_by("pk"))
        require_owners({(heirs[one.pk], one.drill.plan.owner_department) for one in found})
        _give(DrillGap.objects.open(), found, heirs)


def _give(rows: Any, found: list[Any], heirs: Heirs) -> None:  # noqa: ANN401 - querysets of two models
    by_heir: dict[User | None, list[int]] = {}
    for row in found:
        by_heir.setdefault(heirs[row.pk], []).append(row.pk)
    for heir, keys in by_heir.items():
        rows.filter(pk__in=keys).update(owner=heir, row_version=F("row_version") + 1)
