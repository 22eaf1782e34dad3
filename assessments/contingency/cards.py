"""What contingency plans put on the home page and on /my/: drills, gaps, and where nothing is ready."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from assessments.contingency.drill_lists import MINE, SOON, drills_of
from assessments.contingency.findings import findings_of
from assessments.late import due_words
from assessments.models import DrillGap
from registers.permissions import KEEPERS, sees_risks
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.oversight.cards import (
    MY,
    NEEDS,
    SIDE,
    Card,
    Row,
    Section,
    Side,
    first_and_counted,
    register_card,
)


def register_cards() -> None:
    register_card(Card("drill_gaps", NEEDS, 44, _acts, gaps_waiting))
    register_card(Card("drills", NEEDS, 46, _acts, drills_waiting))
    register_card(Card("contingency_gaps", SIDE, 30, _keeps, findings_side))
    register_card(Card("my_drill_gaps", MY, 34, sees_risks, my_gaps))
    register_card(Card("my_drills", MY, 36, sees_risks, my_drills))


def my_gaps(user: User) -> Section:
    """Gaps of drills that bear one's name."""
    today = timezone.localdate()
    gaps = DrillGap.objects.filter(owner=user).open().select_related("drill__plan")
    first, count, late = first_and_counted(gaps.order_by("due_on", "pk"), Q(due_on__lt=today))
    rows = [
        Row(
            gap.drill.get_absolute_url(), gap.text, "shield-check", meta=[str(gap.drill.plan)],
            fact=due_words(gap.due_on), is_late=gap.is_overdue,
            action=gettext_lazy("Close it"),
            action_url=reverse("assessments:gap_finish", args=[gap.pk]),
        )
        for gap in first
    ]  # fmt: skip
    url = f"{reverse('assessments:drill_list')}?view={MINE}"
    hint = gettext_lazy("No gap of a drill bears your name.")
    return Section(gettext_lazy("Gaps of drills to close"), count, url, rows, hint, late=late)


def gaps_waiting(user: User) -> Section | None:
    section = my_gaps(user)
    return section if section.count else None


def my_drills(user: User) -> Section:
    """Within 14 days or late, of plans that one keeps or is named in."""
    return _drills(user, gettext_lazy("Drills"))


def drills_waiting(user: User) -> Section | None:
    section = _drills(user, gettext_lazy("Drills"))
    return section if section.count else None


def _drills(user: User, title: StrPromise) -> Section:
    today = timezone.localdate()
    drills = drills_of(user).select_related("plan").order_by("scheduled_on", "pk")
    first, count, late = first_and_counted(drills, Q(scheduled_on__lt=today))
    rows = [
        Row(
            one.get_absolute_url(), one.plan.name, "shield-check", meta=[one.plan.code],
            fact=due_words(one.scheduled_on), is_late=one.is_overdue,
            action=gettext_lazy("Record the drill"),
            action_url=reverse("assessments:drill_hold", args=[one.pk]),
        )
        for one in first
    ]  # fmt: skip
    url = f"{reverse('assessments:drill_list')}?view={SOON}"
    hint = gettext_lazy("No drill of yours is due within 14 days.")
    return Section(title, count, url, rows, hint, late=late)


def findings_side(user: User) -> Side | None:
    """Each number leads to a list of exactly as many."""
    findings = [one for one in findings_of(user) if one.count]
    if not findings:
        return None
    return Side(
        gettext_lazy("Not ready for it"), "assessments/contingency_gaps_card.html",
        {"findings": findings}, reverse("assessments:contingency_gaps"), gettext_lazy("See all"),
    )  # fmt: skip


def _keeps(user: User) -> bool:
    return user.roles.has(*KEEPERS)


def _acts(user: User) -> bool:
    """The departments hold the drills; the risk manager sees beside it what they have not held."""
    return sees_risks(user) and not user.roles.everywhere(Role.RISK_MANAGER, Role.AUDITOR)
