"""A risk is accepted until a day: after it the plan is over, and the risk is judged again."""

from django.conf import settings
from django.utils import timezone

from assessments.choices import ReassessmentReason
from assessments.models import PlanVersion, ResponsePlan
from assessments.services.plan_standing import show_plan
from assessments.services.reassessment_causes import DAYS_TO_ANSWER
from assessments.services.reassessments import Cause, open_reassessments
from registers.choices import PlanState, Strategy
from riskhub.audit.context import acting
from riskhub.audit.transitions import can_move, move
from riskhub.audit.versions import lock_row
from riskhub.company.preferences import company_zone
from riskhub.entry.day_words import day_in_each
from riskhub.work.models import Work
from riskhub.work.services import owe_work

EXPIRE = "acceptance.expire"


def derive_expiries(*, by: None = None) -> None:
    """Owe the end of each acceptance whose last day is over; of each version once in each state.

    A further version that is rejected brings the former one back: it then expires after all.
    """
    with acting(by, f"{EXPIRE}.owed"):
        today = timezone.localdate(timezone=company_zone())
        over = (
            ResponsePlan.objects.live()
            .filter(in_force__strategy=Strategy.ACCEPT, in_force__accept_until__lt=today)
            .exclude(state=PlanState.EXPIRED)
        )
        keys = {
            f"{EXPIRE}:{version}:{state}": {"plan": plan, "version": version}
            for plan, version, state in over.order_by("pk").values_list("pk", "in_force", "state")
        }
        owed = set(Work.objects.filter(dedupe__in=keys).values_list("dedupe", flat=True))
        for key in keys.keys() - owed:
            owe_work(EXPIRE, key, keys[key], by=by)


def expire_acceptance(plan: ResponsePlan, version: PlanVersion, *, by: None = None) -> None:
    """The plan expires, and the risk is to be judged again. Nothing where another version is in force.

    While a new version is written or waits, the plan goes its own way; the task is opened all the same.
    """
    with acting(by, "plan.expired"):
        stored = lock_row(plan)
        if stored.in_force_id != version.pk or version.accept_until is None:
            return
        if can_move(stored, PlanState.EXPIRED):
            move(stored, PlanState.EXPIRED)
            show_plan(stored, by=by)
        day = day_in_each(version.accept_until)
        labels = {
            language: f"{stored.code}, {day[language]}" for language, _name in settings.LANGUAGES
        }
        due_on = timezone.localdate(timezone=company_zone()) + DAYS_TO_ANSWER
        cause = Cause(
            stored.risk_id, ReassessmentReason.ACCEPTANCE, due_on, f"version:{version.pk}",
            label_zh=labels["zh-hans"], label_en=labels["en"],
        )  # fmt: skip
        open_reassessments([cause], by=by)
