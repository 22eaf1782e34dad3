"""The words of the audit events of this package, and which of its rows belong to a risk."""

from django.utils.translation import gettext_lazy as _

from assessments.models import (
    Action,
    AppetiteRule,
    Approval,
    Assessment,
    AssessmentControl,
    AssessmentDraft,
    Band,
    ImpactAnchor,
    ImpactScore,
    LecScore,
    MatrixCell,
    MatrixLevel,
    MatrixScheme,
    PlanAuthor,
    PlanDraft,
    PlanVersion,
    ReassessmentTask,
    ResourceLine,
    ResponsePlan,
    ReviewCycle,
    SchemeAuthor,
    SchemeDecision,
    Spending,
    TransferLink,
)
from assessments.plans.words import spell_content
from assessments.schemes.words import spell_scheme
from registers.related import Related, register_related
from registers.timeline import TrailKind, register_trail_kind
from riskhub.company.models import Sequence
from riskhub.oversight.belonging import belong
from riskhub.oversight.row_names import name_rows
from riskhub.oversight.words import (
    call_rows,
    hide_fields,
    name_actions,
    name_fields,
    name_followers,
    name_kinds,
    spell_field,
)

ACTIONS = {
    "scheme.chosen": _("Matrix chosen"),
    "scheme.started": _("Draft of the matrix started"),
    "scheme.edited": _("Draft of the matrix edited"),
    "scheme.submitted": _("Matrix submitted"),
    "scheme.recalled": _("Matrix taken back"),
    "scheme.discarded": _("Draft of the matrix discarded"),
    "scheme.changes_requested": _("Changes to the matrix requested"),
    "scheme.approved": _("Matrix put in force"),
    "plan.handed_over": _("Plan handed over"),
    "action.handed_over": _("Action handed over"),
    "assessment.submitted": _("Assessment made"),
    "assessment.imported": _("Assessment imported"),
    "assessment.drafted": _("Draft of an assessment saved"),
    "assessment.draft_submitted": _("Draft of an assessment submitted"),
    "assessment.draft_discarded": _("Draft of an assessment discarded"),
    "assessment.confirmed": _("Assessment confirmed"),
    "assessment.rejected": _("Assessment sent back"),
    "assessment.withdrawn": _("Assessment withdrawn"),
    "plan.created": _("Plan started"),
    "plan.edited": _("Plan edited"),
    "plan.drafted": _("Text typed for a plan set aside"),
    "plan.draft_kept": _("Text typed for a plan taken into it"),
    "plan.draft_discarded": _("Text typed for a plan discarded"),
    "plan.submitted": _("Plan submitted"),
    "plan.approved": _("Plan approved"),
    "plan.put_in_force": _("In force: needs no approval"),
    "plan.changes_requested": _("Changes to the plan requested"),
    "plan.rejected": _("Plan rejected"),
    "plan.kept_in_force": _("Former version stays in force"),
    "plan.withdrawn": _("Plan withdrawn"),
    "plan.version_discarded": _("Draft version of a plan discarded"),
    "plan.progressed": _("Plan progressed"),
    "plan.shown": _("Status of the plan shown on the risk"),
    "plan.expired": _("Acceptance expired"),
    "plan.spent": _("Spending entered"),
    "action.started": _("Action begun"),
    "action.done": _("Action done"),
    "action.verified": _("Action verified"),
    "action.reopened": _("Action open again"),
    "plan.closed": _("Plan closed"),
    "reassessment.opened": _("Reassessment asked for"),
    "reassessment.finished": _("Reassessment done"),
    "reassessment.waived": _("Reassessment waived"),
    "review_cycle.owed": _("Job planned"),
    "review_cycle.opened": _("Review opened"),
    "review_cycle.closed": _("Review closed"),
}

KINDS = {
    Action: _("Action"),
    AppetiteRule: _("Appetite rule"),
    Approval: _("Decision"),
    Assessment: _("Assessment"),
    AssessmentControl: _("Control in an assessment"),
    AssessmentDraft: _("Draft of an assessment"),
    Band: _("Band of a scale"),
    ImpactAnchor: _("Anchor of an impact"),
    ImpactScore: _("Impact in a dimension"),
    LecScore: _("LEC score"),
    MatrixCell: _("Matrix cell"),
    MatrixLevel: _("Level"),
    MatrixScheme: _("Matrix"),
    PlanAuthor: _("Author of a plan"),
    PlanDraft: _("Text typed for a plan"),
    PlanVersion: _("Version of a plan"),
    ReassessmentTask: _("Reassessment task"),
    ResourceLine: _("Resource of a plan"),
    ResponsePlan: _("Response plan"),
    ReviewCycle: _("Quarterly review"),
    Spending: _("Spending"),
    SchemeAuthor: _("Author of a matrix"),
    SchemeDecision: _("Decision on a matrix"),
    TransferLink: _("Transfer of a plan"),
}

FIELDS = {
    "anchor_en": _("Anchor in English"),
    "anchor_zh": _("Anchor in Chinese"),
    "approval_days": _("Days to decide"),
    "approved_by": _("Approved by"),
    "area": _("Area"),
    "axis": _("Axis"),
    "band_factor": _("Factor between bands"),
    "basis": _("Basis"),
    "clause": _("Contract clause"),
    "closes_on": _("Closes on"),
    "color": _("Ground colour"),
    "declared_floors": _("Declared floors"),
    "dimension": _("Dimension"),
    "glyph": _("Sign"),
    "impact": _("Impact"),
    "in_force_from": _("In force from"),
    "inherent_level": _("Inherent level"),
    "level": _("Level"),
    "lower": _("At least"),
    "needs_approval": _("Needs approval"),
    "needs_contingency": _("Needs a contingency plan"),
    "needs_plan": _("Needs a plan"),
    "needs_special_measures": _("Needs special measures"),
    "open_ends": _("Open ends"),
    "opens_on": _("Opens on"),
    "pattern": _("Print pattern"),
    "policy": _("Insurance policy"),
    "probability": _("Probability"),
    "quarter": _("Quarter"),
    "rank": _("Rank of the level"),
    "reference_orders": _("Orders a year"),
    "residual_impact": _("Residual impact"),
    "residual_level": _("Residual level"),
    "residual_probability": _("Residual probability"),
    "review_months": _("Months to the next review"),
    "scheme": _("Matrix scheme"),
    "score": _("Score"),
    "supplier": _("Supplier"),
    "target_impact": _("Target impact"),
    "target_level": _("Target level"),
    "target_probability": _("Target probability"),
    "text_color": _("Text colour"),
    "text_en": _("Text in English"),
    "text_zh": _("Text in Chinese"),
    "upper": _("Below"),
    "version": _("Version of a plan"),
    "year": _("Year"),
}


ASSESSED = frozenset({
    "assessment.submitted", "assessment.imported", "assessment.confirmed", "assessment.rejected",
    "assessment.withdrawn", "risk.assessed", "reassessment.opened", "reassessment.finished",
    "reassessment.waived",
})  # fmt: skip
PLANNED = frozenset({
    "plan.created", "plan.edited", "plan.submitted", "plan.approved", "plan.put_in_force",
    "plan.changes_requested", "plan.rejected", "plan.kept_in_force", "plan.withdrawn",
    "plan.version_discarded",
    "plan.progressed", "plan.shown", "plan.expired", "risk.plan_changed", "action.done",
    "plan.spent", "plan.closed", "action.started", "action.verified", "action.reopened",
})  # fmt: skip


def name_trail() -> None:
    name_actions(ACTIONS)
    register_trail_kind(
        TrailKind("assessments", _("Assessments"), 20, ASSESSED, "assessments:assessment_list")
    )
    register_trail_kind(TrailKind("plans", _("Response"), 30, PLANNED, "assessments:risk_response"))
    name_fields(FIELDS)
    name_kinds(KINDS)
    name_rows(Sequence, {"plan": _("Response plans"), "change": _("Process changes")})
    name_followers("plan.kept_in_force", "plan.shown")
    hide_fields(Assessment, "scheme", "client_uuid", "client_digest", "trigger", "submitted_at")
    hide_fields(
        PlanVersion, "plan", "number", "content_hash", "scheme", "created_at", "created_by", "accept_reason",
        "accept_until", "strategy", "requires_approval", "special_measures", "sponsor",
    )  # fmt: skip
    hide_fields(ResponsePlan, "number", "head", "created_at")
    hide_fields(Approval, "content_hash", "step")
    hide_fields(Action, "plan", "key", "department")
    hide_fields(
        MatrixScheme, "number", "content_hash", "check_result", "created_at", "created_by",
        "client_uuid", "submitted_at",
    )  # fmt: skip
    hide_fields(SchemeDecision, "content_hash")
    spell_field(MatrixScheme, "content", spell_scheme)
    hide_fields(ReassessmentTask, "ref")
    hide_fields(ResourceLine, "key", "order")
    hide_fields(Spending, "plan", "key", "client_uuid")
    spell_field(PlanVersion, "content", spell_content)
    spell_field(Assessment, "is_unlinked_import", _only_yes)
    call_rows(
        {
            Assessment: ("risk",),
            AssessmentControl: ("control",),
            AssessmentDraft: ("risk",),
            ImpactScore: (),
            LecScore: (),
            Approval: ("version__plan",),
            PlanAuthor: ("version__plan", "user"),
            PlanDraft: ("risk",),
            PlanVersion: ("plan",),
            ResourceLine: ("version__plan",),
            Spending: ("plan",),
            TransferLink: ("policy", "clause", "supplier"),
            ReassessmentTask: ("risk",),
            ReviewCycle: (),
            SchemeAuthor: ("scheme", "user"),
            SchemeDecision: ("scheme",),
        }
    )
    of_version = ("version__plan", "version__plan__risk")
    belong(
        {
            Assessment: ("risk",), AssessmentControl: ("assessment", "assessment__risk"),
            ImpactScore: ("assessment", "assessment__risk"),
            LecScore: ("assessment", "assessment__risk"),
            ResponsePlan: ("risk",), PlanVersion: ("plan", "plan__risk"),
            Approval: of_version, PlanAuthor: of_version, Action: ("plan", "plan__risk"),
            ReassessmentTask: ("risk",), ResourceLine: of_version, Spending: ("plan", "plan__risk"),
            TransferLink: of_version,
        }
    )  # fmt: skip
    for related in RELATED:
        register_related(related)


def _only_yes(value: bool) -> dict[str, str]:
    """Of every assessment it is stored, and it says something only of those it holds for."""
    return (
        {str(Assessment._meta.get_field("is_unlinked_import").verbose_name): str(_("Yes"))}
        if value
        else {}
    )


RELATED = (
    Related(
        Assessment,
        "risk",
        frozenset({"assessor", "confirmed_by", "confirmed_at"}),
    ),
    Related(ResponsePlan, "risk"),
    Related(
        PlanVersion,
        "plan__risk",
        frozenset({"submitted_by", "submitted_at"}),
    ),
    Related(
        Approval,
        "version__plan__risk",
        frozenset({"approver", "at", "decision"}),
    ),
    Related(
        Action,
        "plan__risk",
        frozenset({"done_by", "done_at"}),
    ),
    Related(ResourceLine, "version__plan__risk"),
    Related(TransferLink, "version__plan__risk"),
    Related(Spending, "plan__risk", frozenset({"entered_by", "entered_at"})),
    Related(ReassessmentTask, "risk", frozenset({"closed_by", "closed_at"})),
)
