"""The list of drills: what comes, what is late, what was held, and what drills have shown to be missing."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.contingency.choices import VersionState
from assessments.contingency.querysets import DrillQuerySet
from assessments.models import ContingencyVersion, Drill, DrillGap
from assessments.models.drill import NEAR
from registers.permissions import KEEPERS
from registers.querysets import departments_of
from riskhub.accounts.models import User

NEXT, OVERDUE, HELD, GAPS = "next", "overdue", "held", "gaps"
SOON, MINE = "soon", "mine"
"""Behind the cards of the home page: drills and gaps of one's own."""
VIEWS = (
    (NEXT, _("Scheduled")), (OVERDUE, _("Overdue")), (HELD, _("Held and not held")),
    (GAPS, _("Gaps to close")), (SOON, _("My drills, next 14 days")), (MINE, _("My gaps")),
)  # fmt: skip


def rows_in(view: str, user: User) -> QuerySet[Any]:
    """In order: what comes first, or what was last."""
    if view in {GAPS, MINE}:
        gaps = DrillGap.objects.visible_to(user).exclude(state="verified")
        gaps = gaps.open().filter(owner=user) if view == MINE else gaps
        return gaps.select_related("drill__plan", "owner", "done_by").order_by("due_on", "pk")
    drills = Drill.objects.visible_to(user).for_list()
    if view == SOON:
        return drills_of(user).for_list().order_by("scheduled_on", "pk")
    if view == HELD:
        return drills.exclude(state="scheduled").order_by("-scheduled_on", "-pk")
    if view == OVERDUE:
        drills = drills.overdue(timezone.localdate())
    return drills.scheduled().order_by("scheduled_on", "pk")


def counts_of(user: User) -> dict[str, int]:
    return {view: rows_in(view, user).order_by().count() for view, _words in VIEWS}


def drills_of(user: User) -> DrillQuerySet:
    """Those that this person answers for and that are due within 14 days, or late."""
    named = ContingencyVersion.objects.filter(
        Q(responsible=user) | Q(deputy=user), state=VersionState.IN_FORCE
    )
    kept = Q(plan__owner_department__in=departments_of(user, *KEEPERS))
    own = Q(plan__in=named.values("plan"))
    until = timezone.localdate() + NEAR
    return Drill.objects.scheduled().filter(kept | own, scheduled_on__lte=until)
