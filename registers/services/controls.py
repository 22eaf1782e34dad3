"""Put a control into the catalogue, change it, take it into use and out of it."""

from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from registers.choices import ControlState
from registers.models import Control, ControlCheck
from registers.permissions import owner_objection
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting
from riskhub.audit.transitions import move
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.company.services import take_numbers
from riskhub.entry.columns import long_since
from riskhub.entry.day_words import day as in_words
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import prose

FIRST_OWN = 101
"""The library has the numbers below."""
_LINKS = ("owner_department", "owner", "created_by")


class Retired(Exception):  # noqa: N818 - reads as what it says
    """A retired control is neither changed nor checked nor linked: it is taken into use again first."""

    def __init__(self) -> None:
        super().__init__(_("This control is retired. Take it into use again first."))


@dataclass(frozen=True, kw_only=True)
class ControlDraft:
    """Everything that makes a control; planned, or in use at once.

    The same `client_uuid` sent again is the same control; with other content it is refused.
    """

    title: str
    type: str
    owner_department: Department
    title_alt: str = ""
    lang: str = "zh-hans"
    description: str = ""
    evidence: str = ""
    owner: User | None = None
    check_every_days: int = 90
    next_check_on: date | None = None
    yearly_cost: Decimal | None = None
    state: str = ControlState.ACTIVE
    library_code: str = ""
    client_uuid: UUID | None = None


def create_control(
    draft: ControlDraft, *, by: User | None, once_since: datetime | None = None
) -> Control:
    """One control of the company's own with the next number.

    With `once_since`, what this person put in after that moment under the same name is it.
    """
    with acting(by, "control.created"):
        take_numbers("control", by=by, count=0)  # waits for whoever is making it right now
        if made := _made_before(draft, by) or _twin_of(draft, by, once_since):
            return made
        control = build_control(draft, number=own_number(by=by), by=by)
        control.save()
        return control


def own_number(*, by: User | None) -> int:
    """The next one after those of the library, without gaps."""
    return FIRST_OWN - 1 + take_numbers("control", by=by)[0]


def build_control(draft: ControlDraft, *, number: int, by: User | None) -> Control:
    """Checked and not yet saved; raises ValidationError with the fields at fault."""
    _check_owner(draft.owner, draft.owner_department)
    control = Control(**vars(draft), number=number, created_by=by)
    if control.is_in_use and control.next_check_on is None:
        control.next_check_on = timezone.localdate() + timedelta(days=control.check_every_days)
    control.clean_fields(exclude=_LINKS)
    return control


def edit_control(control: Control, *, by: User, version: int | None, **fields: Any) -> Control:  # noqa: ANN401 - model fields
    """Change what was given; raises StaleVersion when somebody saved since `version` was read.

    With another interval the next check moves along, unless its day is given as well.
    """
    with acting(by, "control.edited"):
        stored = lock_version(control, version)
        _require_kept(stored)
        was = copy(stored)
        before = {name: getattr(stored, name) for name in fields}
        for name, value in fields.items():
            setattr(stored, name, value)
        if before.get("owner", stored.owner) != stored.owner or "owner_department" in fields:
            _check_owner(stored.owner, stored.owner_department)
        fields |= _moved_along(stored, before)
        _check_next_day(stored, before)
        stored.full_clean(exclude=["number", *long_since(was, stored)])
        return save_fields(stored, **{name: getattr(stored, name) for name in fields})


def activate_control(control: Control, *, by: User) -> Control:
    """Take a planned or retired control into use; its first check is due after one interval."""
    with acting(by, "control.activated"):
        stored = lock_row(control)
        today = timezone.localdate()
        planned = stored.next_check_on
        day = planned if planned and planned >= today else next_day_after(stored, today)
        return move(control, ControlState.ACTIVE, next_check_on=day, retired_reason="")


def retire_control(control: Control, *, by: User, reason: str) -> Control:
    """It protects no longer and is checked no more; what was found out about it stays."""
    with acting(by, "control.retired", reason):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why the control is retired.")})
        return move(control, ControlState.RETIRED, retired_reason=prose(reason), next_check_on=None)


def next_day_after(control: Control, done_on: date) -> date:
    """One interval after that day, or after a later one on which it was checked."""
    return max(done_on, last_done_of(control)) + timedelta(days=control.check_every_days)


def last_done_of(control: Control) -> date:
    """The last day on which it was checked; long ago where it never was."""
    checks = ControlCheck.objects.filter(control=control)
    found: date | None = checks.aggregate(last=Max("done_on"))["last"]
    return found or date.min


def _require_kept(control: Control) -> None:
    if control.state == ControlState.RETIRED:
        raise Retired


def _made_before(draft: ControlDraft, by: User | None) -> Control | None:
    """What was made under this very key; raises KeyReused for another's, and for other content."""
    if draft.client_uuid is None:
        return None
    made = Control.objects.filter(client_uuid=draft.client_uuid).first()
    if made and (made.created_by != by or _said(made) != _said(draft)):
        raise KeyReused
    return made


def _twin_of(draft: ControlDraft, by: User | None, since: datetime | None) -> Control | None:
    if since is None:
        return None
    same = Control.objects.filter(created_by=by, created_at__gt=since, title=draft.title)
    return next((one for one in same.order_by("-pk") if _said(one) == _said(draft)), None)


def _said(one: Control | ControlDraft) -> tuple[object, ...]:
    return one.title, one.type, one.owner_department, one.description, one.owner


def _check_owner(owner: User | None, department: Department) -> None:
    if objection := owner_objection(owner, department):
        raise ValidationError({"owner": objection})


def _moved_along(control: Control, before: dict[str, Any]) -> dict[str, Any]:
    """The day of the next check after a change of the interval alone."""
    former, day = before.get("check_every_days"), control.next_check_on
    is_same_day = before.get("next_check_on", day) == day
    if not (former and day and is_same_day) or former == control.check_every_days:
        return {}
    moved = day + timedelta(days=control.check_every_days - former)
    control.next_check_on = max(moved, last_done_of(control) + timedelta(days=1))
    return {"next_check_on": control.next_check_on}


def _check_next_day(control: Control, before: dict[str, Any]) -> None:
    day = control.next_check_on
    if control.is_in_use and day is None:
        words = _("A control in use is checked: choose the day of the next check.")
        raise ValidationError({"next_check_on": words})
    if day and day != before.get("next_check_on", day) and day <= (last := last_done_of(control)):
        words = _("The check of %(day)s is recorded already. Choose a later day.")
        raise ValidationError({"next_check_on": words % {"day": in_words(last)}})
