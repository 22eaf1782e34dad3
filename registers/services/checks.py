"""Record what a check of a control found, and when the next one is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from registers.check_followers import follow_check
from registers.check_rule import rule_of_company
from registers.effectiveness import proposed_result
from registers.models import Control, ControlCheck
from registers.services.controls import next_day_after
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row, save_fields
from riskhub.entry.repeats import KeyReused
from riskhub.files.keeping import KeptFile
from riskhub.files.services import attach_files


class NotChecked(Exception):  # noqa: N818 - reads as what it says
    """Only a control in use is checked."""

    def __init__(self) -> None:
        super().__init__(_("This control is not in use, so there is nothing to check."))


class CheckedAlready(Exception):  # noqa: N818 - reads as what it says
    """Somebody recorded this very check; `check` is what they found, None where the day was moved."""

    def __init__(self, check: ControlCheck | None) -> None:
        self.check = check
        said = _("%(name)s recorded this check already.") % {"name": check.done_by} if check else ""
        super().__init__(said or _("The day of this check was moved. Look at it again."))


@dataclass(frozen=True, kw_only=True)
class CheckFound:
    """What was seen. Without a result it is the one that the company's rule proposes."""

    done_on: date
    design_ok: bool
    sample_size: int = 0
    exceptions: int = 0
    effectiveness: str = ""
    note: str = ""
    evidence: str = ""
    client_uuid: UUID | None = None


def last_check_of(control: Control) -> int:
    """The number of the check that was recorded last; 0 where there is none."""
    found = ControlCheck.objects.filter(control=control).aggregate(last=Max("pk"))
    return found["last"] or 0


def record_check(
    control: Control,
    found: CheckFound,
    *,
    by: User,
    due_on: date | None = None,
    last_check: int | None = None,
    files: Sequence[KeptFile] = (),
) -> ControlCheck:
    """The check that is due; the next one is due an interval after the last day on which one was done.

    The same `client_uuid` sent again is the same check; without one, so are the same facts of the same
    person for the same `due_on`. Raises CheckedAlready where somebody else recorded a check after
    `last_check`, the last one that the page knew, or the day is no longer `due_on`.
    """
    with acting(by, "control.checked"):
        stored = lock_row(control)
        if made := _made_before(stored, found, by, due_on):
            return made
        due_on = _require_due(stored, by, due_on, last_check)
        check = _build(stored, found, by, due_on)
        check.full_clean()
        check.save()
        if files:
            attach_files(check, files, by=by)
        save_fields(stored, next_check_on=next_day_after(stored, found.done_on))
        follow_check(check, by=by)
        return check


def _build(control: Control, found: CheckFound, by: User, due_on: date) -> ControlCheck:
    proposed = proposed_result(
        found.sample_size, found.exceptions, design_ok=found.design_ok, rule=rule_of_company()
    )
    facts = vars(found) | {
        "effectiveness": found.effectiveness or proposed,
        "client_uuid": found.client_uuid or uuid4(),
    }
    return ControlCheck(control=control, due_on=due_on, done_by=by, proposed=proposed, **facts)


def _made_before(
    control: Control, found: CheckFound, by: User, due_on: date | None
) -> ControlCheck | None:
    """What was recorded under this very key, or without one for this very day."""
    if found.client_uuid:
        made = ControlCheck.objects.filter(client_uuid=found.client_uuid).first()
        if made and (made.control != control or not _is_same(made, found, by)):
            raise KeyReused
        return made
    if due_on is None:
        return None
    made = ControlCheck.objects.filter(control=control, due_on=due_on).order_by("-pk").first()
    if made and not _is_same(made, found, by):
        raise CheckedAlready(made)
    return made


def _is_same(made: ControlCheck, found: CheckFound, by: User) -> bool:
    apart = {"effectiveness", "client_uuid"}
    facts = {name: value for name, value in vars(found).items() if name not in apart}
    is_same = all(getattr(made, name) == value for name, value in facts.items())
    return made.done_by == by and is_same and found.effectiveness in ("", made.effectiveness)


def _require_due(
    control: Control, by: User, due_on: date | None, last_check: int | None
) -> date:  # fmt: skip
    """The day on which this check is due, unless something came between."""
    if not control.is_in_use or control.next_check_on is None:
        raise NotChecked
    others = ControlCheck.objects.filter(control=control).exclude(done_by=by).order_by("-pk")
    since = Q(due_on=due_on) if last_check is None else Q(pk__gt=last_check)
    if theirs := others.filter(since).first():
        raise CheckedAlready(theirs)
    if due_on not in (None, control.next_check_on):
        raise CheckedAlready(None)
    return control.next_check_on
