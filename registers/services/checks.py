"""Record what a check of a control found, and when the next one is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from registers.check_rule import rule_of_company
from registers.effectiveness import proposed_result
from registers.models import Control, ControlCheck
from registers.services.controls import next_day_after
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row, save_fields
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


def record_check(
    control: Control,
    found: CheckFound,
    *,
    by: User,
    due_on: date,
    files: Sequence[KeptFile] = (),
) -> ControlCheck:
    """The check that was due on that day; the next one is due an interval after it was done.

    Raises CheckedAlready where it was recorded meanwhile; the same facts sent twice by the same person
    are one check.
    """
    with acting(by, "control.checked"):
        stored = lock_row(control)
        if made := ControlCheck.objects.filter(control=stored, due_on=due_on).first():
            return _same_or_refuse(made, found, by)
        if not stored.is_in_use:
            raise NotChecked
        if stored.next_check_on != due_on:
            raise CheckedAlready(None)
        check = _build(stored, found, by, due_on)
        check.full_clean()
        check.save()
        if files:
            attach_files(check, files, by=by)
        save_fields(stored, next_check_on=next_day_after(stored, found.done_on))
        return check


def _build(control: Control, found: CheckFound, by: User, due_on: date) -> ControlCheck:
    proposed = proposed_result(
        found.sample_size, found.exceptions, design_ok=found.design_ok, rule=rule_of_company()
    )
    facts = vars(found) | {"effectiveness": found.effectiveness or proposed}
    return ControlCheck(control=control, due_on=due_on, done_by=by, proposed=proposed, **facts)


def _same_or_refuse(made: ControlCheck, found: CheckFound, by: User) -> ControlCheck:
    facts = {name: value for name, value in vars(found).items() if name != "effectiveness"}
    is_same = all(getattr(made, name) == value for name, value in facts.items())
    if made.done_by != by or not is_same or found.effectiveness not in ("", made.effectiveness):
        raise CheckedAlready(made)
    return made
