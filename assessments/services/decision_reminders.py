"""Who hears that a decision is due: those who decide, and once it is overdue those who can see to it."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import ResponsePlan
from assessments.people import deciders_of, names_of
from assessments.plans.due_times import Waiting, days_to_decide, waiting_of
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.company.preferences import company_zone
from riskhub.entry.day_words import day_in_each, words_in_each
from riskhub.notices.services import notify
from riskhub.work.models import Work
from riskhub.work.services import owe_work

REMIND = "plan.remind"
SOON, TODAY, LATE, ESCALATED = "soon", "today", "late", "escalated"
_KINDS = {
    SOON: "plan_due_soon", TODAY: "plan_due_today", LATE: "plan_overdue",
    ESCALATED: "plan_escalated",
}  # fmt: skip
_EARLIEST = 3
"""Days before the due day; of a short time to decide a third of it."""


def derive_decision_reminders(*, by: None = None) -> None:
    """Owe each plan that waits what its day asks for; of each version each step once, ever."""
    with acting(by, f"{REMIND}.owed"):
        plans = list(ResponsePlan.objects.awaiting_approval().select_related("head"))
        if not plans:
            return
        allowed, zone = days_to_decide(), company_zone()
        keys = {
            f"{REMIND}:{plan.head_id}:{waiting.due_on}:{step}": {
                "version": plan.head_id, "due_on": str(waiting.due_on), "step": step,
            }
            for plan in plans
            if (waiting := waiting_of(plan, allowed, zone))
            for step in _steps(waiting)
        }  # fmt: skip
        owed = set(Work.objects.filter(dedupe__in=keys).values_list("dedupe", flat=True))
        for key in sorted(keys.keys() - owed):
            owe_work(REMIND, key, keys[key], by=by)


def remind_of_decision(plan: ResponsePlan, due_on: date, step: str, *, by: None = None) -> None:
    """Nothing where it was decided or changed meanwhile, or is due on another day."""
    with acting(by, "notice.sent"):
        waiting = waiting_of(plan)
        if waiting is None or waiting.due_on != due_on or step not in _steps(waiting):
            return
        deciders = deciders_of(plan)
        page = "plan_detail" if step == ESCALATED else "plan_decide"
        notify(
            _overseers(plan, deciders) if step == ESCALATED else deciders,
            by=by,
            kind=_KINDS[step],
            params={
                "plan": plan.code, "risk": plan.risk.code, "title": plan.risk.names,
                "day": day_in_each(due_on),
                "names": words_in_each(lambda: names_of(deciders) or _("nobody")),
            },
            url=reverse(f"assessments:{page}", args=[plan.code]),
            dedupe=f"{_KINDS[step]}:{plan.head_id}:{due_on}",
        )  # fmt: skip


def _steps(waiting: Waiting) -> Iterable[str]:
    """Of one day one step, so that a sweep after three quiet days tells the last one alone."""
    if waiting.due_on is None:
        return ()
    if waiting.is_late:
        return (LATE, ESCALATED)
    if waiting.is_today:
        return (TODAY,)
    earliest = min(_EARLIEST, (waiting.days + waiting.days_left) // 3)
    return (SOON,) if waiting.days_left <= earliest else ()


def _overseers(plan: ResponsePlan, deciders: Iterable[User]) -> list[User]:
    """The risk managers of its department and who submitted it, less those who are asked to decide.

    Where nobody may decide, those who give the role as well.
    """
    department = plan.risk.owner_department_id
    managers = User.objects.holding(Role.RISK_MANAGER)
    found = [one for one in managers if one.roles.covers(department, Role.RISK_MANAGER)]
    submitter = plan.head.submitted_by if plan.head else None
    if submitter and submitter.is_active:
        found.append(submitter)
    asked = {one.pk for one in deciders}
    if not asked:
        found += User.objects.holding(Role.ADMIN)
    return list({one.pk: one for one in found if one.pk not in asked}.values())
