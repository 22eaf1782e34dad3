"""Overdue checks: owed by the calendar, told once to whoever should have done them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from registers.models import Control
from registers.permissions import KEEPERS, only_reads
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.company.preferences import company_zone
from riskhub.entry.day_words import day_in_each
from riskhub.notices.services import notify
from riskhub.work.models import Work
from riskhub.work.services import owe_work

REMIND = "control.remind"
ESCALATED_AFTER = timedelta(days=7)
"""So long overdue, those who answer for the department are told as well."""


def derive_reminders(*, by: None = None) -> None:
    """Owe one for each overdue check, and a second one for what stays overdue; each only once, ever."""
    with acting(by, f"{REMIND}.owed"):
        today = timezone.localdate(timezone=company_zone())
        overdue = Control.objects.overdue(today).values_list("pk", "next_check_on")
        keys = {
            f"{REMIND}:{pk}:{due_on}:{step}": {"control": pk, "due_on": str(due_on), "step": step}
            for pk, due_on in overdue
            if due_on is not None
            for step in _steps(due_on, today)
        }
        owed = set(Work.objects.filter(dedupe__in=keys).values_list("dedupe", flat=True))
        for key in keys.keys() - owed:
            owe_work(REMIND, key, keys[key], by=by)


def remind_of_check(control: Control, due_on: date, step: str, *, by: None = None) -> None:
    """Nothing where it was done, moved or retired meanwhile."""
    with acting(by, "notice.sent"):
        if not control.is_overdue or control.next_check_on != due_on:
            return
        notify(
            _answering(control) if step == "keepers" else _responsible(control),
            by=by,
            kind="check_overdue",
            params={"control": control.code, "title": control.names, "day": day_in_each(due_on)},
            url=reverse("registers:check_create", args=[control.code]),
            dedupe=f"{REMIND}:{control.pk}:{due_on}",
        )


def _steps(due_on: date, today: date) -> Iterable[str]:
    return ("owner", "keepers") if today - due_on > ESCALATED_AFTER else ("owner",)


def _responsible(control: Control) -> list[User]:
    """Its owner; where it has none who may act, those who answer for its department."""
    owner = control.owner
    if owner and owner.is_active and not only_reads(owner):
        return [owner]
    return _answering(control)


def _answering(control: Control) -> list[User]:
    keepers = User.objects.holding(*KEEPERS)
    return [one for one in keepers if one.roles.covers(control.owner_department_id, *KEEPERS)]
