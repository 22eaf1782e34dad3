"""File a process change, change its draft, and hand it in: then its risks are to be judged again."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.changes.affected import affected_by
from assessments.choices import ChangeState
from assessments.models import ProcessChange
from assessments.services.change_notices import tell_managers
from assessments.services.change_risks import ask_for_risks
from registers.models import Control, ProcessNode, Supplier
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import lock_version, save_fields
from riskhub.company.preferences import company_zone
from riskhub.company.services import take_numbers
from riskhub.entry.reasons import reason_fault
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import prose

_MANY = ("nodes", "controls", "suppliers")
_LINKS = ("department", "requested_by")


@dataclass(frozen=True, kw_only=True)
class ChangeDraft:
    """Everything that makes a change. The same `client_uuid` sent again is the same change."""

    title: str
    kind: str
    description: str
    department: Department
    planned_on: date
    rollback: str = ""
    title_alt: str = ""
    lang: str = "zh-hans"
    nodes: list[ProcessNode] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    suppliers: list[Supplier] = field(default_factory=list)
    client_uuid: UUID | None = None


def create_change(draft: ChangeDraft, *, by: User) -> ProcessChange:
    """A draft with the next number. Raises KeyReused where the key stands for something else."""
    with acting(by, "change.created"):
        take_numbers("change", by=by, count=0)  # waits for whoever sends the same right now
        if made := _made_before(draft, by):
            return made
        facts = {name: value for name, value in vars(draft).items() if name not in _MANY}
        change = ProcessChange(**facts, requested_by=by)
        change.clean_fields(exclude=[*_LINKS, "number", "code"])
        (change.number,) = take_numbers("change", by=by)
        change.code = f"CH-{change.number:03}"
        change.save()
        for name in _MANY:
            getattr(change, name).set(getattr(draft, name))
        return change


def edit_change(
    change: ProcessChange,
    *,
    by: User,
    version: int | None,
    **fields: Any,  # noqa: ANN401 - model fields
) -> ProcessChange:
    """Only a draft; raises StaleVersion when somebody saved since `version` was read."""
    with acting(by, "change.edited"):
        stored = lock_version(change, version)
        if not stored.is_draft:
            raise WrongState(stored, ChangeState.DRAFT)
        many = {name: fields.pop(name) for name in _MANY if name in fields}
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.clean_fields(exclude=[*_LINKS, "number", "code"])
        for name, rows in many.items():
            getattr(stored, name).set(rows)
        return save_fields(stored, **{name: getattr(stored, name) for name in fields})


def submit_change(
    change: ProcessChange, *, by: User, version: int | None, none_affected: str = ""
) -> ProcessChange:
    """Each risk that it touches gets one task, due the day before it is planned.

    Where it touches none, `none_affected` is the word of whoever looked. Raises ValidationError.
    """
    with acting(by, "change.submitted"):
        stored = lock_version(change, version)
        if not stored.is_draft:
            raise WrongState(stored, ChangeState.SUBMITTED)
        risks = affected_by(stored)
        _require_whole(stored, none_affected, is_touching=bool(risks))
        ask_for_risks(stored, risks, by=by)
        move(
            change, ChangeState.SUBMITTED, submitted_at=timezone.now(),
            none_affected="" if risks else prose(none_affected),
        )  # fmt: skip
        tell_managers(change, by=by)
        return change


def earliest_day() -> date:
    """The first day for which a change may be planned: its risks are judged the day before."""
    return timezone.localdate(timezone=company_zone()) + timedelta(days=1)


def _require_whole(change: ProcessChange, none_affected: str, *, is_touching: bool) -> None:
    faults = {}
    if change.planned_on < earliest_day():
        faults["planned_on"] = _(
            "The planned day is over. Edit the draft and choose tomorrow or a later day."
        )
    if not is_touching and (fault := reason_fault(none_affected)):
        said = _("No risk is on the list. Add one, or say who looked and why none is affected.")
        faults["none_affected"] = f"{said} {fault}" if prose(none_affected) else said
    if faults:
        raise ValidationError(faults)


def _made_before(draft: ChangeDraft, by: User) -> ProcessChange | None:
    if draft.client_uuid is None:
        return None
    made = ProcessChange.objects.filter(client_uuid=draft.client_uuid).first()
    if made and (made.requested_by_id != by.pk or made.title != draft.title):
        raise KeyReused
    return made
