"""The words of the audit events of this package, and which of its rows belong to a risk."""

from django.utils.translation import gettext_lazy as _

from assessments.models import (
    Action,
    AppetiteRule,
    Approval,
    Assessment,
    Band,
    ImpactAnchor,
    MatrixCell,
    MatrixLevel,
    MatrixScheme,
    PlanAuthor,
    PlanVersion,
    ResponsePlan,
    ReviewCycle,
)
from assessments.plan_words import spell_content
from registers.history import Related, register_related
from riskhub.oversight.words import hide_fields, name_actions, name_kinds, spell_field

ACTIONS = {
    "assessment.submitted": _("Assessed"),
    "assessment.imported": _("Assessment imported"),
    "assessment.confirmed": _("Assessment confirmed"),
    "assessment.rejected": _("Assessment sent back"),
    "plan.created": _("Plan begun"),
    "plan.edited": _("Plan written on"),
    "plan.submitted": _("Plan submitted"),
    "plan.approved": _("Plan approved"),
    "plan.changes_requested": _("Changes to the plan requested"),
    "plan.rejected": _("Plan rejected"),
    "plan.kept_in_force": _("Former version stays in force"),
    "plan.withdrawn": _("Plan withdrawn"),
    "plan.progressed": _("Plan went on"),
    "plan.shown": _("Plan taken over"),
    "action.done": _("Action done"),
    "review_cycle.opened": _("Review opened"),
    "review_cycle.closed": _("Review closed"),
}

KINDS = {
    Action: _("Action"),
    AppetiteRule: _("Appetite rule"),
    Approval: _("Decision"),
    Assessment: _("Assessment"),
    Band: _("Band of a scale"),
    ImpactAnchor: _("Anchor of an impact"),
    MatrixCell: _("Matrix cell"),
    MatrixLevel: _("Level"),
    MatrixScheme: _("Matrix"),
    PlanAuthor: _("Author of a plan"),
    PlanVersion: _("Version of a plan"),
    ResponsePlan: _("Response plan"),
    ReviewCycle: _("Quarterly review"),
}


def name_trail() -> None:
    name_actions(ACTIONS)
    name_kinds(KINDS)
    hide_fields(Assessment, "risk", "scheme", "client_uuid", "trigger", "submitted_at")
    hide_fields(
        PlanVersion, "plan", "content_hash", "scheme", "created_at", "created_by", "accept_reason",
        "accept_until", "strategy", "requires_approval",
    )  # fmt: skip
    hide_fields(ResponsePlan, "number", "risk", "head", "created_at")
    hide_fields(Approval, "version", "step")
    hide_fields(Action, "plan", "key", "department")
    spell_field(PlanVersion, "content", spell_content)
    for related in RELATED:
        register_related(related)


RELATED = (
    Related(Assessment, lambda risk: risk.assessments.values_list("pk", flat=True)),
    Related(ResponsePlan, lambda risk: risk.plans.values_list("pk", flat=True)),
    Related(
        PlanVersion,
        lambda risk: PlanVersion.objects.filter(plan__risk=risk).values_list("pk", flat=True),
    ),
    Related(
        Approval,
        lambda risk: Approval.objects.filter(version__plan__risk=risk).values_list("pk", flat=True),
    ),
    Related(
        Action, lambda risk: Action.objects.filter(plan__risk=risk).values_list("pk", flat=True)
    ),
)
