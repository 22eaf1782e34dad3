"""What the calendar, failed controls and plans carried out ask to be judged again."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from assessments.choices import Method, ReassessmentReason
from assessments.models import Assessment, ReassessmentTask, ResponsePlan
from assessments.plans.targets import short_of_target
from assessments.services.reassessments import Cause, open_reassessments
from registers.choices import OPEN_STATES, Effectiveness
from registers.models import ControlCheck, Risk
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.company.preferences import company_zone

QUICK_FOR = timedelta(days=14)
"""So long a quick assessment may stand before the risk is judged by the matrix."""
DAYS_TO_ANSWER = timedelta(days=14)


def derive_quick(*, by: None = None) -> None:
    """Risks that stand on a quick assessment of more than 14 days ago; of each assessment once."""
    with acting(by, "reassessment.opened"):
        today = timezone.localdate(timezone=company_zone())
        asked = ReassessmentTask.objects.filter(
            risk=OuterRef("risk"), reason=ReassessmentReason.QUICK,
            opened_at__gte=OuterRef("submitted_at"),
        )  # fmt: skip
        standing = Assessment.objects.confirmed().filter(
            ~Exists(asked), method=Method.QUALITATIVE, assessed_on__lt=today - QUICK_FOR,
            risk__state__in=OPEN_STATES,
        )  # fmt: skip
        causes = [
            Cause(risk, ReassessmentReason.QUICK, today + DAYS_TO_ANSWER, f"assessment:{pk}")
            for pk, risk in standing.values_list("pk", "risk").order_by("pk")
        ]
        if causes:
            open_reassessments(causes, by=by)


def reassess_after_check(check: ControlCheck, *, by: User) -> None:
    """A control that failed: each open risk that relied on it is judged again."""
    with acting(by, "reassessment.opened"):
        if check.effectiveness != Effectiveness.INEFFECTIVE:
            return
        control = check.control
        names = {
            language: f"{control.code} {control.names[language]}"
            for language, _name in settings.LANGUAGES
        }
        risks = Risk.objects.open().filter(risk_controls__control=control).order_by("pk")
        due_on = timezone.localdate(timezone=company_zone()) + DAYS_TO_ANSWER
        causes = [
            Cause(
                risk, ReassessmentReason.CONTROL, due_on, f"check:{check.pk}",
                label_zh=names["zh-hans"], label_en=names["en"],
            )
            for risk in risks.values_list("pk", flat=True)
        ]  # fmt: skip
        if causes:
            open_reassessments(causes, by=by)


def reassess_after_plan(plan: ResponsePlan, *, by: User) -> None:
    """Its last action is done and the risk still stands above the target that it promised."""
    with acting(by, "reassessment.opened"):
        if not short_of_target(plan):
            return
        due_on = timezone.localdate(timezone=company_zone()) + DAYS_TO_ANSWER
        cause = Cause(
            plan.risk_id, ReassessmentReason.PLAN_DONE, due_on, f"plan:{plan.code}",
            label_zh=plan.code, label_en=plan.code,
        )  # fmt: skip
        open_reassessments([cause], by=by)
