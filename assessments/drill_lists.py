"""The list of drills: what comes, what is late, what was held, and what drills have shown to be missing."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import Drill, DrillGap
from riskhub.accounts.models import User

NEXT, OVERDUE, HELD, GAPS = "next", "overdue", "held", "gaps"
VIEWS = (
    (NEXT, _("Scheduled")), (OVERDUE, _("Overdue")), (HELD, _("Held and not held")),
    (GAPS, _("Gaps to close")),
)  # fmt: skip


def rows_in(view: str, user: User) -> QuerySet[Any]:
    """In order: what comes first, or what was last."""
    if view == GAPS:
        gaps = DrillGap.objects.visible_to(user).exclude(state="verified")
        return gaps.select_related("drill__plan", "owner", "done_by").order_by("due_on", "pk")
    drills = Drill.objects.visible_to(user).for_list()
    if view == HELD:
        return drills.exclude(state="scheduled").order_by("-scheduled_on", "-pk")
    if view == OVERDUE:
        drills = drills.overdue(timezone.localdate())
    return drills.scheduled().order_by("scheduled_on", "pk")


def counts_of(user: User) -> dict[str, int]:
    return {view: rows_in(view, user).order_by().count() for view, _words in VIEWS}
