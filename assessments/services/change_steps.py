"""From handed in to live and reviewed, or cancelled. The risk manager decides."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessments.choices import PENDING_CHANGE_STATES, ChangeState
from assessments.models import ChangeRisk, ProcessChange, ReassessmentTask
from assessments.services.change_notices import tell_filer, tell_postponed
from assessments.services.change_risks import follow_planned_days, forget_cancelled
from assessments.services.reassessments import drop_reassessments
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, can_move, move
from riskhub.audit.versions import lock_version, save_fields
from riskhub.company.preferences import company_zone
from riskhub.entry.day_words import day as in_words
from riskhub.entry.days import HAPPENED, PLANNED
from riskhub.entry.reasons import reason_fault
from riskhub.entry.texts import prose

POSTPONED_FOR = timedelta(days=365)
"""So long after the day that was planned first; what takes longer is another change."""
_MOST = 10


class RisksNotJudged(Exception):  # noqa: N818 - reads as what it says
    """Risks of the change are still to be judged again; the message names those that one sees."""

    def __init__(self, change: ProcessChange, user: User) -> None:
        to_do = ChangeRisk.objects.filter(change=change).to_do()
        risks = Risk.objects.filter(pk__in=to_do.values("risk")).order_by("number")
        seen = list(risks.visible_to(user).values_list("code", flat=True))
        others = risks.count() - len(seen)
        codes = pgettext("between names", ", ").join(seen[:_MOST])
        more = ngettext(
            "%(count)d of another department", "%(count)d of other departments", others
        ) % {"count": others}
        named = [codes] if codes else []
        if len(seen) > _MOST:
            named.append("…")
        self.risks, self.others = seen, others
        said = pgettext("between names", ", ").join([*named, *([more] if others else [])])
        super().__init__(
            _("Still to be judged again: %(risks)s. Assess them or waive the tasks first.")
            % {"risks": said}
        )


class PutItLive(Exception):  # noqa: N818 - reads as what it says
    """Nobody reviews what they put live themselves."""

    def __init__(self) -> None:
        super().__init__(_("You put this change live. Somebody else reviews it."))


def take_on_change(change: ProcessChange, *, by: User, version: int | None) -> ProcessChange:
    """The list of risks is looked through: from now on it waits for the judgements alone."""
    with acting(by, "change.taken_on"):
        _require(change, ChangeState.ASSESSING, version)
        return move(change, ChangeState.ASSESSING)


def ready_change(change: ProcessChange, *, by: User, version: int | None) -> ProcessChange:
    """Raises RisksNotJudged while a task is open."""
    with acting(by, "change.made_ready"):
        stored = _require(change, ChangeState.READY, version)
        _require_judged(stored, by)
        move(change, ChangeState.READY)
        tell_filer(change, by=by)
        return change


def implement_change(
    change: ProcessChange,
    *,
    by: User,
    version: int | None,
    effective_on: date,
    early_reason: str = "",
) -> ProcessChange:
    """Live since a day; before the planned one only with `early_reason`.

    Raises RisksNotJudged while a task is open, in whatever state it is.
    """
    with acting(by, "change.implemented"):
        stored = lock_version(change, version)
        if stored.state in PENDING_CHANGE_STATES:
            _require_judged(stored, by)
        _require(change, ChangeState.IMPLEMENTED, version)
        _require_live_day(stored, effective_on)
        is_early = effective_on < stored.planned_on
        if is_early and (fault := reason_fault(early_reason)):
            said = _("It goes live before its planned day, %(day)s. %(fault)s")
            named = {"day": in_words(stored.planned_on), "fault": fault}
            raise ValidationError({"early_reason": said % named})
        move(
            change, ChangeState.IMPLEMENTED, effective_on=effective_on, implemented_by=by,
            early_reason=prose(early_reason) if is_early else "",
        )  # fmt: skip
        tell_filer(change, by=by)
        return change


def review_change(
    change: ProcessChange, *, by: User, version: int | None, outcome: str, review: str
) -> ProcessChange:
    """Whether it did what it was meant to do. Raises PutItLive for whoever put it live."""
    with acting(by, "change.reviewed", review):
        stored = _require(change, ChangeState.REVIEWED, version)
        if stored.implemented_by_id == by.pk:
            raise PutItLive
        if not outcome or not prose(review):
            raise ValidationError({"review": _("Say what the review found, and how it went.")})
        return move(
            change, ChangeState.REVIEWED, outcome=outcome, review=prose(review), reviewed_by=by
        )


def postpone_change(
    change: ProcessChange, *, by: User, version: int | None, planned_on: date, reason: str
) -> ProcessChange:
    """To a later day, once it is handed in; what is still to be judged for it is due the day before that.

    At most a year after the day for which it was planned first.

    A task that another change needs, too, keeps the earlier of the two days.
    """
    with acting(by, "change.postponed", reason):
        stored = lock_version(change, None)
        if stored.state not in PENDING_CHANGE_STATES:
            raise WrongState(stored, ChangeState.SUBMITTED)
        stored = lock_version(change, version)
        faults = {
            "planned_on": _postponing_fault(stored, planned_on),
            "reason": reason_fault(reason),
        }
        if any(faults.values()):
            raise ValidationError({name: fault for name, fault in faults.items() if fault})
        first = stored.first_planned_on or stored.planned_on
        save_fields(stored, planned_on=planned_on, first_planned_on=first)
        follow_planned_days(stored, by=by)
        tell_postponed(stored, by=by, reason=prose(reason))
        return stored


def cancel_change(
    change: ProcessChange, *, by: User, version: int | None, reason: str
) -> ProcessChange:
    """Its tasks that no other change needs are waived with the same reason."""
    with acting(by, "change.cancelled", reason):
        stored = _require(change, ChangeState.CANCELLED, version)
        if not prose(reason):
            raise ValidationError({"reason": _("Say why the change is cancelled.")})
        was_draft = stored.is_draft
        said = f"{stored.code}: {prose(reason)}"
        drop_reassessments(_tasks_of_this_alone(stored), by=by, reason=said)
        move(change, ChangeState.CANCELLED, cancelled_reason=prose(reason))
        forget_cancelled(stored, by=by)
        if not was_draft:
            tell_filer(change, by=by)
        return change


def _require(change: ProcessChange, to: str, version: int | None) -> ProcessChange:
    """The stored row, locked. A wrong state says more than that somebody saved meanwhile."""
    stored = lock_version(change, None)
    if not can_move(stored, to):
        raise WrongState(stored, to)
    return lock_version(change, version)


def _require_live_day(change: ProcessChange, day: date) -> None:
    """Not to come, and not before it was handed in: until then nobody had been asked."""
    zone = company_zone()
    handed_in = timezone.localdate(change.submitted_at, zone)
    if fault := HAPPENED.fault(day, timezone.localdate(timezone=zone)):
        raise ValidationError({"effective_on": fault})
    if day < handed_in:
        said = _("It was submitted on %(day)s: choose that day or a later one.")
        raise ValidationError({"effective_on": said % {"day": in_words(handed_in)}})


def latest_day(change: ProcessChange) -> date:
    """The last day to which it may be postponed."""
    return (change.first_planned_on or change.planned_on) + POSTPONED_FOR


def _postponing_fault(change: ProcessChange, day: date) -> str:
    """Why it is not postponed to this day, in a sentence; empty when it may be."""
    today = timezone.localdate(timezone=company_zone())
    if day <= max(change.planned_on, today):
        return _("Choose a later day than it is planned for, and than today.")
    if day > latest_day(change):
        said = _(
            "A change is postponed by a year at most: until %(day)s. Cancel it and file it anew."
        )
        return said % {"day": in_words(latest_day(change))}
    return PLANNED.fault(day, today)


def _require_judged(change: ProcessChange, by: User) -> None:
    if ChangeRisk.objects.filter(change=change).to_do().exists():
        raise RisksNotJudged(change, by)


def _tasks_of_this_alone(change: ProcessChange) -> list[ReassessmentTask]:
    """Its risks are locked first, in everybody's order: no other change joins a task meanwhile."""
    risks = ChangeRisk.objects.filter(change=change).to_do().values("risk")
    list(Risk.objects.select_for_update(no_key=True).filter(pk__in=risks).order_by("pk"))
    shared = ChangeRisk.objects.waiting().exclude(change=change).values("task")
    own = ChangeRisk.objects.filter(change=change).to_do().values("task")
    tasks = ReassessmentTask.objects.open().filter(pk__in=own).exclude(pk__in=shared)
    return list(tasks.order_by("pk"))
