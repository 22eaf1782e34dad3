"""How much waits for this user, for the numbers in the navigation: one query each, once per request."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from assessments.models import Assessment, ResponsePlan
from assessments.permissions import can_decide_any
from riskhub.accounts.models import User

_KEPT = "_waiting_counts"


def plans_to_decide(user: User) -> int:
    """Those that this user may see; the ones they wrote themselves are among them on the page too.

    None for who only reads them.
    """
    if not can_decide_any(user):
        return 0
    waiting = ResponsePlan.objects.visible_to(user).awaiting_approval()
    return _once(user, "plans", waiting)


def assessments_to_confirm(user: User) -> int:
    """Those that this user may confirm: their own wait for another person."""
    return _once(user, "assessments", Assessment.objects.visible_to(user).confirmable_by(user))


def keep_to_confirm(user: User, count: int) -> None:
    """What somebody who read the rows has counted already."""
    user.__dict__.setdefault(_KEPT, {})["assessments"] = count


def formerly(waiting: Iterable[Assessment]) -> dict[int, Assessment]:
    """{key of a risk: what holds until the waiting one is confirmed}; one query."""
    risks = [one.risk_id for one in waiting]
    return {one.risk_id: one for one in Assessment.objects.confirmed().filter(risk__in=risks)}


def _once(user: User, name: str, rows: QuerySet[Any]) -> int:
    """The same number stands twice on a page: in the side bar and in the bar of the phone."""
    counts: dict[str, int] = user.__dict__.setdefault(_KEPT, {})
    if name not in counts:
        counts[name] = rows.count()
    return counts[name]
