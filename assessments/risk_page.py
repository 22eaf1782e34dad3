"""What this package shows on the page of a risk: the next step, facts for the step bar, the picture."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.choices import SchemeState
from assessments.models import Assessment, MatrixCell, MatrixLevel, ResponsePlan
from assessments.people import confirmers_of, deciders_of, names_of
from assessments.permissions import (
    can_assess_risk,
    can_confirm_assessment,
    can_decide_plan,
    can_edit_plan,
    can_read_imports,
    can_submit_plan,
    can_write_plan,
)
from assessments.plans.words import standing_words
from assessments.querysets import runs_visible_to
from assessments.schemes.in_force import demand_today
from registers.choices import LEVEL_WORDS, PlanState, RiskState
from registers.models import Risk, RiskOrigin
from registers.tabs import Action
from riskhub.accounts.models import User
from riskhub.reports.charts.grid import Matrix, Place, Step
from riskhub.reports.charts.levels import Level as Shade
from riskhub.reports.charts.mini_matrix import mini_matrix


def assessments_count(risk: Risk) -> int:
    return Assessment.objects.filter(risk=risk).count()


def plans_count(risk: Risk) -> int:
    return ResponsePlan.objects.filter(risk=risk).count()


def actions_on(user: User, risk: Risk) -> list[Action]:
    """One step is filled: confirm, assess, answer, decide, in this order of need. A fixed few queries."""
    if not risk.is_open:
        return []
    waiting = Assessment.objects.filter(risk=risk).waiting().select_related("assessor").first()
    if waiting:
        waiting.risk = risk
        return _while_waiting(user, waiting) + _on_plan(user, risk, is_next=False)
    is_due = risk.state == RiskState.IDENTIFIED or _is_overdue(risk)
    return _assessing(user, risk, is_next=is_due) + _on_plan(user, risk, is_next=not is_due)


def _while_waiting(user: User, waiting: Assessment) -> list[Action]:
    if not can_confirm_assessment(user, waiting):
        return []
    url = reverse("assessments:assessment_list", args=[waiting.risk.code])
    hint = _("An assessment waits for your confirmation.")
    return [Action(_("Confirm the assessment"), url, is_primary=True, hint=hint, key="a")]


def _assessing(user: User, risk: Risk, *, is_next: bool) -> list[Action]:
    if not can_assess_risk(user, risk):
        return []
    url = reverse("assessments:assessment_create", args=[risk.code])
    if risk.residual_level is None:
        hint = _("Nobody has judged probability and impact yet.")
        return [Action(_("Assess"), url, is_primary=True, hint=hint, key="a")]
    hint = _("The review is overdue.") if is_next else ""
    if risk.state == RiskState.IDENTIFIED:
        hint = _("It was opened again: what was judged before may not hold any more.")
    return [Action(_("Assess again"), url, is_primary=is_next, hint=hint, key="a")]


def _on_plan(user: User, risk: Risk, *, is_next: bool) -> list[Action]:
    plan = ResponsePlan.objects.filter(risk=risk).live().select_related("head", "in_force").first()
    if plan is None:
        return _writing(user, risk, is_next=is_next)
    plan.risk = risk
    steps = {
        PlanState.DRAFT.value: (can_submit_plan, "plan_submit", _("Check and submit the plan")),
        PlanState.SUBMITTED.value: (can_decide_plan, "plan_decide", _("Decide on the plan")),
        PlanState.CHANGES_REQUESTED.value: (can_edit_plan, "plan_edit", _("Change the plan")),
    }
    may, name, label = steps.get(plan.state, (None, "plan_detail", _("Open the plan")))
    if may and not may(user, plan):
        may, name, label = None, "plan_detail", _("Open the plan")
    url = reverse(f"assessments:{name}", args=[plan.code])
    return [Action(label, url, is_primary=bool(may) and is_next, key="p")]


def _writing(user: User, risk: Risk, *, is_next: bool) -> list[Action]:
    if not can_write_plan(user, risk) or risk.residual_level is None:
        return []
    demand = demand_today(risk.residual_level, risk.area_id)
    url = reverse("assessments:plan_create", args=[risk.code])
    hint = _("Its level asks for a plan.") if demand.needs_plan else ""
    is_first = is_next and demand.needs_plan
    return [Action(_("Write a plan"), url, is_primary=is_first, hint=hint, key="p")]


def step_facts_of(risk: Risk) -> dict[str, str]:
    """Under "assessed" what waits, under "responding" the plan and where it stands."""
    facts: dict[str, str] = {}
    waiting = Assessment.objects.filter(risk=risk).waiting().first()
    if waiting and risk.is_open:
        waiting.risk = risk
        names = names_of(confirmers_of(waiting))
        told = _("waits for %(names)s") % {"names": names} if names else _("waits for confirmation")
        facts[RiskState.ASSESSED] = told
    plan = ResponsePlan.objects.filter(risk=risk).live().select_related("head", "in_force").first()
    if plan:
        plan.risk = risk
        facts[RiskState.RESPONDING] = _plan_fact(plan)
    return facts


def _plan_fact(plan: ResponsePlan) -> str:
    if plan.state == PlanState.SUBMITTED and (names := names_of(deciders_of(plan))):
        return _("%(plan)s waits for %(names)s") % {"plan": plan.code, "names": names}
    return _("%(plan)s, %(state)s") % {"plan": plan.code, "state": standing_words(plan)}


def imports_behind(user: User, risk: Risk, origins: Sequence[RiskOrigin]) -> dict[int, str]:
    """{origin: address of the import that it came by}, of those that the user may read; one query."""
    if not can_read_imports(user):
        return {}
    files = {one.label.rpartition(" ")[0] for one in origins}
    runs = (
        runs_visible_to(user)
        .filter(target=risk.register.code, file__filename__in=files, applied_at__isnull=False)
        .order_by("-applied_at")
        .values_list("pk", "file__filename", "applied_at")
    )
    found = {}
    for pk, filename, applied_at in runs:
        for one in origins:
            if one.label.rpartition(" ")[0] == filename and applied_at and one.at <= applied_at:
                found[one.pk] = reverse("assessments:import_detail", args=[pk])
    return found


def standing_picture(_user: User, risk: Risk) -> SafeString:
    """The small matrix of a rated risk; three queries at most."""
    if risk.residual_probability is None or risk.residual_impact is None:
        return SafeString("")
    return mini_matrix(
        _bare_matrix(),
        code=risk.code,
        residual=(risk.residual_probability, risk.residual_impact),
        inherent=_place(risk.inherent_probability, risk.inherent_impact),
        target=_place(risk.target_probability, risk.target_impact),
    )


def _bare_matrix() -> Matrix:
    """Cells and colours of the one in force, without the words of the axes."""
    steps = [Step(score, "") for score in range(1, 6)]
    levels = MatrixLevel.objects.filter(scheme__state=SchemeState.IN_FORCE)
    cells = MatrixCell.objects.filter(scheme__state=SchemeState.IN_FORCE).values_list(
        "probability", "impact", "level"
    )
    return Matrix(
        levels=[
            Shade(one.rank, LEVEL_WORDS[one.rank], one.name, one.color, one.text_color)
            for one in levels
        ],
        probability=steps,
        impact=steps,
        cells={(probability, impact): level for probability, impact, level in cells},
    )


def _place(probability: int | None, impact: int | None) -> Place | None:
    return None if probability is None or impact is None else (probability, impact)


def _is_overdue(risk: Risk) -> bool:
    return bool(risk.next_review_on and risk.next_review_on < timezone.localdate())
