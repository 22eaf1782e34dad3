"""What somebody tells of a drill, and what it must not lack."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.contingency.choices import DrillResult
from assessments.contingency.feasibility import is_missed, is_target_missed
from assessments.models import ContingencyPlan, ContingencyVersion
from assessments.models.drill import MOST_TOOK
from assessments.services.drill_days import day_fault, latest_after
from registers.permissions import owner_objection
from riskhub.accounts.models import User
from riskhub.entry.texts import one_line

Fault = tuple[str, str]
"""Of which field, and what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class GapFound:
    text: str
    owner: User
    due_on: date


@dataclass(frozen=True, kw_only=True)
class DrillFound:
    """What a drill showed. `took` is {seq of the step: minutes, None where it was not done}.

    `next_on` is the day of the next one; without it the interval decides, after a failure 60 days.
    """

    held_on: date
    result: str
    attendance: int
    attendees: str = ""
    kind: str = ""
    target_took: int | None = None
    took: Mapping[int, int | None] | None = None
    note: str = ""
    gaps: Sequence[GapFound] = ()
    next_on: date | None = None


def check_found(found: DrillFound, version: ContingencyVersion) -> None:
    """Raises ValidationError with everything that is missing, each at its field; of what people acted by."""
    faults: dict[str, list[str]] = {}
    told = (
        *_of_the_drill(found), *_of_what_was_missed(found, version),
        *_of_the_times(found, version), *_of_the_proof(found, version),
        *_of_the_next(found, version.plan), *_of_gaps(found, version.plan),
    )  # fmt: skip
    for name, words in told:
        faults.setdefault(name, []).append(words)
    if faults:
        raise ValidationError(faults)


def _of_the_drill(found: DrillFound) -> Iterator[Fault]:
    if found.held_on > timezone.localdate():
        yield "held_on", _("This day lies ahead. Record the drill when it was held.")
    if found.result not in DrillResult.values:
        yield "result", _("Say whether it passed.")
    if found.attendance < 1:
        yield "attendance", _("Say how many took part: at least one.")
    if found.result == DrillResult.FAIL and not found.gaps:
        yield "gaps", _("A drill that failed needs at least one gap, with owner and day.")


def _of_what_was_missed(found: DrillFound, version: ContingencyVersion) -> Iterator[Fault]:
    """One that passed in part: what was late or was not done is seen to."""
    if found.result != DrillResult.PARTLY or found.gaps:
        return
    took = found.took or {}
    late = [step for step in version.steps.all() if is_missed(took.get(step.seq), step.minute)]
    if late or _is_target_missed(found, version):
        yield (
            "gaps",
            _("Steps or the target were missed: name at least one gap, with owner and day."),
        )


def _is_target_missed(found: DrillFound, version: ContingencyVersion) -> bool:
    return is_target_missed(version.target, version.target_minutes, found.target_took)


def _of_the_times(found: DrillFound, version: ContingencyVersion) -> Iterator[Fault]:
    """They are of the steps as they were written then."""
    took = found.took or {}
    if took.keys() - {step.seq for step in version.steps.all()}:
        yield "took", _("The plan has no such step. Give the times of its steps by their numbers.")
    if max([*_known(found), found.target_took or 0]) > MOST_TOOK:
        yield "took", _("A drill takes 7 days at most: give the times in minutes.")


def _of_the_proof(found: DrillFound, version: ContingencyVersion) -> Iterator[Fault]:
    """One that passed proves the plan: most of it was done, and what is timed was done in time."""
    if found.result != DrillResult.PASS:
        return
    count, done = version.steps.count(), len(_known(found))
    if not done or done * 2 < count:
        words = _(
            "Passed: at least half of the steps were done. You give the minutes of %(done)d of %(count)d; "
            "give the others, or choose “Partly” or “Failed”."
        )
        yield "result", words % {"done": done, "count": count}
    if not _is_target_missed(found, version):
        return
    if found.target_took is None:
        yield "target_took", _("Passed: say after how many minutes it was reached.")
    else:
        words = _(
            "The plan allows %(minutes)d minutes: this was too late. Choose “Partly” or “Failed”."
        )
        yield "result", words % {"minutes": version.target_minutes}


def _known(found: DrillFound) -> list[int]:
    return [minutes for minutes in (found.took or {}).values() if minutes is not None]


def _of_the_next(found: DrillFound, plan: ContingencyPlan) -> Iterator[Fault]:
    if found.next_on is None:
        return
    latest = latest_after(found.result, found.held_on, plan.drill_months)
    if fault := day_fault(found.next_on, latest):
        yield "next_on", fault


def _of_gaps(found: DrillFound, plan: ContingencyPlan) -> Iterator[Fault]:
    for gap in found.gaps:
        if not one_line(gap.text):
            yield "gaps", _("Say what is missing.")
        if gap.due_on < timezone.localdate():
            yield "gaps", _("The day of a gap is past. Choose today or later.")
        if objection := owner_objection(gap.owner, plan.owner_department):
            yield "gaps", objection
