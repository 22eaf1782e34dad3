"""Who hears of a reassessment: its owner when it is asked for, before it is due and when it is late."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from assessments.choices import ReassessmentReason
from assessments.models import ReassessmentTask
from assessments.permissions import can_assess_risk
from registers.models import Risk
from registers.permissions import KEEPERS
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.company.preferences import company_zone
from riskhub.entry.day_words import day_in_each, words_in_each
from riskhub.notices.services import notify
from riskhub.work.models import Work
from riskhub.work.services import owe_work

REMIND = "reassessment.remind"
SOON = timedelta(days=3)
ESCALATED_AFTER = timedelta(days=7)
"""So long overdue, those who answer for the department are told as well."""
ASKED, DUE_SOON, LATE, KEEPING = "asked", "soon", "late", "keepers"
_KINDS = {
    ASKED: "reassessment_asked", DUE_SOON: "reassessment_soon", LATE: "reassessment_late",
    KEEPING: "reassessment_late",
}  # fmt: skip
_QUIET = frozenset({ReassessmentReason.QUICK, ReassessmentReason.SCHEME})
"""Asked for of many risks at once: they are told when they are due."""


def derive_reminders(*, by: None = None) -> None:
    """Owe each task what its day asks for; each only once, ever."""
    with acting(by, f"{REMIND}.owed"):
        today = timezone.localdate(timezone=company_zone())
        tasks = ReassessmentTask.objects.open().of_open_risks()
        keys = {
            f"{REMIND}:{pk}:{due_on}:{step}": {"task": pk, "due_on": str(due_on), "step": step}
            for pk, due_on, reason in tasks.values_list("pk", "due_on", "reason")
            for step in _steps(due_on, today, reason)
        }
        owed = set(Work.objects.filter(dedupe__in=keys).values_list("dedupe", flat=True))
        for key in sorted(keys.keys() - owed):
            owe_work(REMIND, key, keys[key], by=by)


def remind_of_reassessment(
    task: ReassessmentTask, due_on: date, step: str, *, by: None = None
) -> None:
    """Nothing where it was done, waived or moved meanwhile."""
    with acting(by, "notice.sent"):
        if not task.is_open or not task.risk.is_open or task.due_on != due_on:
            return
        risk = task.risk
        notify(
            _answering(risk) if step == KEEPING else _responsible(risk),
            by=by,
            kind=_KINDS[step],
            params={
                "risk": risk.code, "title": risk.names, "day": day_in_each(due_on),
                "reason": words_in_each(task.get_reason_display),
            },
            url=risk.get_absolute_url(),
            dedupe=f"{_KINDS[step]}:{task.pk}:{due_on}",
        )  # fmt: skip


def _steps(due_on: date, today: date, reason: str) -> Iterable[str]:
    """Of one day one step, so that a sweep after three quiet days tells the last one alone."""
    if today - due_on > ESCALATED_AFTER:
        return (LATE, KEEPING)
    if due_on < today:
        return (LATE,)
    if due_on - today <= SOON:
        return (DUE_SOON,)
    return () if reason in _QUIET else (ASKED,)


def _responsible(risk: Risk) -> list[User]:
    """The owner; where the risk has none who may assess it, those who answer for its department."""
    owner = risk.owner
    if owner and owner.is_active and can_assess_risk(owner, risk):
        return [owner]
    return _answering(risk)


def _answering(risk: Risk) -> list[User]:
    keepers = User.objects.holding(*KEEPERS)
    return [one for one in keepers if one.roles.covers(risk.owner_department_id, *KEEPERS)]
