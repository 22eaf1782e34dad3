"""What the controls hand to the registries: navigation, the tab of a risk, cards of the home page."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registers.bow_tie import overview_card
from registers.control_cards import register_cards
from registers.control_hits import register_control_hits
from registers.models import Control, ControlCheck, Risk, RiskControl
from registers.permissions import can_check_control, sees_risks
from registers.services.check_reminders import REMIND, derive_reminders, remind_of_check
from registers.tabs import Tab, register_slot, register_tab
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.files.owners import Owner, register_owner
from riskhub.web.navigation import add_entry
from riskhub.work.registry import register_deriver, register_kind


def wire_controls() -> None:
    register_tab(Tab("controls", _("Controls"), 40, "registers:risk_controls", controls_count))
    register_slot("overview", overview_card)
    register_cards()
    register_control_hits()
    register_kind(REMIND, _remind_owed, _("Reminder of an overdue check"))
    register_deriver(derive_reminders)
    _owners()
    _navigation()


def _remind_owed(payload: dict[str, Any]) -> None:
    control = Control.objects.select_related("owner", "owner_department").get(pk=payload["control"])
    remind_of_check(control, date.fromisoformat(payload["due_on"]), payload["step"])


def _owners() -> None:
    """Proof: of the control, such as its procedure, and of each check. A check is written once."""
    register_owner(
        Owner(
            Control, visible=Control.objects.visible_to, may_change=can_check_control,
            page=Control.get_absolute_url, department="owner_department",
        )
    )  # fmt: skip
    register_owner(
        Owner(
            ControlCheck, visible=ControlCheck.objects.visible_to,
            may_change=lambda user, check: can_check_control(user, check.control),
            page=lambda check: check.control.get_absolute_url(),
            department="control__owner_department", locked=lambda check: check.control,
        )
    )  # fmt: skip


def controls_count(risk: Risk) -> int:
    return RiskControl.objects.filter(risk=risk).exclude(control__state="retired").count()


def _navigation() -> None:
    add_entry(
        "register", "registers:control_list", _("Controls and checks"), order=25, allowed=sees_risks,
        covers=("registers:gap_",),
    )  # fmt: skip
    add_entry("register", "registers:check_list", _("My checks"), order=26, allowed=does_checks)
    add_entry(
        "phone", "registers:check_list", pgettext_lazy("phone bar", "Checks"), order=25,
        icon="shield-check", allowed=_is_staff,
    )  # fmt: skip


def does_checks(user: User) -> bool:
    """May own a control: everybody with a role but the auditor, who only reads."""
    return sees_risks(user) and not user.roles.has(Role.AUDITOR)


def _is_staff(user: User) -> bool:
    """Those whose bar has room: they approve nothing."""
    return user.roles.has(Role.STAFF) and not user.roles.has(Role.APPROVER)
