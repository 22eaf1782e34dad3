"""The words of the audit events of this package, and which of its rows belong to a risk."""

from django.utils.translation import gettext_lazy as _

from assessments.models import Action, Approval, Assessment, PlanVersion, ResponsePlan
from assessments.plan_words import spell_content
from registers.history import Related, register_related
from riskhub.oversight.words import hide_fields, name_actions, spell_field

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
}


def name_trail() -> None:
    name_actions(ACTIONS)
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
