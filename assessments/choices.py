"""Words and state tables of judgement and response."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registers.choices import PlanState


class Method(TextChoices):
    QUALITATIVE = "qualitative", _("High / medium / low")
    MATRIX = "matrix", _("Matrix")
    IMPORT = "import", _("Import")


class Trigger(TextChoices):
    INITIAL = "initial", _("First assessment")
    QUARTERLY = "quarterly", _("Quarterly review")
    MANUAL = "manual", _("Reassessment")


class Confidence(TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class AssessmentState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    SUPERSEDED = "superseded", _("Superseded")
    REJECTED = "rejected", _("Sent back")


ASSESSMENT_NEXT_STATES: dict[str, frozenset[str]] = {
    AssessmentState.DRAFT: frozenset({AssessmentState.SUBMITTED}),
    AssessmentState.SUBMITTED: frozenset({AssessmentState.CONFIRMED, AssessmentState.REJECTED}),
    AssessmentState.CONFIRMED: frozenset({AssessmentState.SUPERSEDED}),
    AssessmentState.SUPERSEDED: frozenset(),
    AssessmentState.REJECTED: frozenset({AssessmentState.DRAFT}),
}


class SchemeState(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_FORCE = "in_force", _("In force")
    RETIRED = "retired", _("Retired")


class Dimension(TextChoices):
    """In which way an event hurts; the worst decides the score."""

    INJURY = "injury", _("Injury")
    MONEY = "money", _("Money")
    REPUTATION = "reputation", _("Reputation")
    REGULATORY = "regulatory", _("Regulatory")
    CONTINUITY = "continuity", _("Continuity")


class Decision(TextChoices):
    APPROVED = "approved", _("Approved")
    CHANGES = "changes", _("Changes requested")
    REJECTED = "rejected", _("Rejected")


# A new version of changed content puts a plan back to draft; WITHDRAWN ends it. What needs no approval
# passes through SUBMITTED; so does a version that is rejected while a former one stays in force.
PLAN_NEXT_STATES: dict[str, frozenset[str]] = {
    PlanState.DRAFT: frozenset({PlanState.SUBMITTED, PlanState.WITHDRAWN}),
    PlanState.SUBMITTED: frozenset(
        {
            PlanState.APPROVED, PlanState.CHANGES_REQUESTED, PlanState.REJECTED, PlanState.DRAFT,
            PlanState.WITHDRAWN,
        }
    ),
    PlanState.CHANGES_REQUESTED: frozenset({PlanState.DRAFT, PlanState.WITHDRAWN}),
    PlanState.APPROVED: frozenset(
        {PlanState.IN_PROGRESS, PlanState.DRAFT, PlanState.EXPIRED, PlanState.WITHDRAWN}
    ),
    PlanState.IN_PROGRESS: frozenset(
        {PlanState.COMPLETED, PlanState.DRAFT, PlanState.WITHDRAWN}
    ),
    PlanState.COMPLETED: frozenset({PlanState.CLOSED, PlanState.DRAFT}),
    PlanState.EXPIRED: frozenset({PlanState.DRAFT, PlanState.WITHDRAWN}),
    PlanState.CLOSED: frozenset(),
    PlanState.REJECTED: frozenset(),
    PlanState.WITHDRAWN: frozenset(),
}  # fmt: skip
LIVE_PLAN_STATES = tuple(state for state, following in PLAN_NEXT_STATES.items() if following)
DECIDED_PLAN_STATES = (
    PlanState.APPROVED, PlanState.IN_PROGRESS, PlanState.COMPLETED, PlanState.CLOSED,
)  # fmt: skip


class ResourceKind(TextChoices):
    MONEY = "money", _("Money (CNY)")
    PEOPLE = "people", _("People")
    EQUIPMENT = "equipment", _("Equipment")
    TIME = "time", _("Time")


class ActionState(TextChoices):
    OPEN = "open", pgettext_lazy("action", "Open")
    DOING = "doing", _("Being done")
    DONE = "done", _("Done")
    VERIFIED = "verified", _("Verified")
    CANCELLED = "cancelled", _("Cancelled")


ACTION_NEXT_STATES: dict[str, frozenset[str]] = {
    ActionState.OPEN: frozenset({ActionState.DOING, ActionState.DONE, ActionState.CANCELLED}),
    ActionState.DOING: frozenset({ActionState.OPEN, ActionState.DONE, ActionState.CANCELLED}),
    ActionState.DONE: frozenset({ActionState.VERIFIED, ActionState.OPEN}),
    ActionState.VERIFIED: frozenset(),
    ActionState.CANCELLED: frozenset({ActionState.OPEN}),
}


class CycleState(TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    CLOSING = "closing", _("Closing")
    CLOSED = "closed", _("Closed")


CYCLE_NEXT_STATES: dict[str, frozenset[str]] = {
    CycleState.PLANNED: frozenset({CycleState.OPEN}),
    CycleState.OPEN: frozenset({CycleState.CLOSING, CycleState.CLOSED}),
    CycleState.CLOSING: frozenset({CycleState.OPEN, CycleState.CLOSED}),
    CycleState.CLOSED: frozenset(),
}


class ReassessmentReason(TextChoices):
    """Why a risk has to be judged again before its quarter is over."""

    CHANGE = "change", _("Process change")
    INCIDENT = "incident", _("Incident")
    INDICATOR = "indicator", _("Indicator")
    CONTROL = "control", _("Control that failed")
    POLICY = "policy", _("Expired policy or contract")
    QUICK = "quick", _("Quick assessment")
    SCHEME = "scheme", _("New matrix")
    ACCEPTANCE = "acceptance", _("Expired acceptance")
    MANUAL = "manual", _("Asked for")


class ReassessmentState(TextChoices):
    OPEN = "open", pgettext_lazy("task", "Open")
    DONE = "done", _("Done")
    WAIVED = "waived", _("Waived")


REASSESSMENT_NEXT_STATES: dict[str, frozenset[str]] = {
    ReassessmentState.OPEN: frozenset({ReassessmentState.DONE, ReassessmentState.WAIVED}),
    ReassessmentState.DONE: frozenset(),
    ReassessmentState.WAIVED: frozenset(),
}
