"""What the controls put on the home page: checks that are due, and gaps."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise, StrPromise

from registers.check_lists import DUE, OTHERS, checks_in
from registers.gap_lists import gap_counts
from registers.models import Control
from registers.permissions import can_create_control, sees_risks
from registers.templatetags.controls import check_due
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.oversight.cards import (
    MOST_ROWS,
    MY,
    NEEDS,
    SIDE,
    Card,
    Row,
    Section,
    Side,
    register_card,
)


def register_cards() -> None:
    register_card(Card("my_checks", NEEDS, 42, sees_risks, my_checks))
    register_card(Card("late_checks", NEEDS, 72, can_create_control, late_checks))
    register_card(Card("own_checks", MY, 40, sees_risks, own_checks))
    register_card(Card("control_gaps", SIDE, 20, _oversees, control_gaps))


def my_checks(user: User) -> Section | None:
    return _checks(user, DUE, _("Checks due"))


def late_checks(user: User) -> Section | None:
    return _checks(user, OTHERS, _("Overdue checks of others"))


def own_checks(user: User) -> Section:
    """On /my/, where it says too that there is none."""
    hint = _("No check of yours is due within 7 days.")
    return _section(user, DUE, _("My checks"), hint)


def _checks(user: User, view: str, title: StrPromise) -> Section | None:
    section = _section(user, view, title)
    return section if section.count else None


def _section(user: User, view: str, title: StrPromise, hint: StrOrPromise = "") -> Section:
    checks, today = checks_in(view, user), timezone.localdate()
    counts = checks.tally({"late": Q(next_check_on__lt=today)})
    first = checks.select_related("owner_department", "owner")[: MOST_ROWS if counts["all"] else 0]
    url = f"{reverse('registers:check_list')}?view={view}"
    rows = [_row(one, view) for one in first]
    return Section(title, counts["all"], url, rows, hint, late=counts["late"])


def _row(control: Control, view: str) -> Row:
    url = reverse("registers:check_create", args=[control.code])
    place = [control.code, control.owner_department.name]
    who = [str(control.owner)] if view == OTHERS and control.owner else []
    return Row(
        control.get_absolute_url(), control.name, "shield-check", meta=[*place, *who],
        fact=check_due(control, timezone.localdate()), is_late=control.is_overdue,
        action=_("Check it"), action_url=url,
    )  # fmt: skip


def control_gaps(user: User) -> Side | None:
    """Each number leads to a list of exactly as many."""
    gaps = [gap for gap in gap_counts(user) if gap.count]
    if not gaps:
        return None
    url = reverse("registers:gap_list")
    return Side(
        _("Control gaps"), "registers/gaps_card.html", {"gaps": gaps}, url, _("See the gaps")
    )


def _oversees(user: User) -> bool:
    return user.roles.has(
        Role.RISK_MANAGER, Role.DEPARTMENT_HEAD, Role.APPROVER, Role.AUDITOR, Role.ADMIN
    )
