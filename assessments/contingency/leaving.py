"""What of contingency plans somebody holds who leaves: gaps to close, and a name in what is in force."""

from django.utils.translation import gettext as _

from assessments.contingency.choices import VersionState
from assessments.models import ContingencyVersion, DrillGap
from registers.leaving import holdings_by_department
from riskhub.accounts.closing import Blocker
from riskhub.accounts.leaving import Holding, Item
from riskhub.accounts.models import User


def gaps_held_by(user: User) -> list[Holding]:
    gaps = DrillGap.objects.open().filter(owner=user)
    gaps = gaps.select_related("drill__plan__owner_department").order_by("due_on", "pk")
    rows = (
        (
            gap.drill.plan.owner_department,
            Item(gap.pk, f"{gap.drill.plan.code} {gap.text}", gap.drill.get_absolute_url()),
        )
        for gap in gaps
    )
    words = _("Gaps of drills of %(department)s")
    return holdings_by_department("drill_gap", words, rows, user)


def named_in_force(user: User) -> list[Blocker]:
    """Whom people call in an emergency is there: another name comes by a new version."""
    versions = ContingencyVersion.objects.filter(state=VersionState.IN_FORCE)
    named = versions.filter(responsible=user) | versions.filter(deputy=user)
    words = _("%(plan)s names them for an emergency. Put a version with another name in force.")
    return [
        Blocker(words % {"plan": version.plan}, version.plan.get_absolute_url())
        for version in named.select_related("plan").order_by("plan__number")
    ]
