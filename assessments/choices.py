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


class ScoreKind(TextChoices):
    """Whose scores: without controls, or with them."""

    INHERENT = "inherent", _("Inherent")
    RESIDUAL = "residual", _("Residual")


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
    SUBMITTED = "submitted", _("Waiting for approval")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    IN_FORCE = "in_force", _("In force")
    RETIRED = "retired", _("Retired")
    DISCARDED = "discarded", _("Discarded")


# What is to be changed is a draft again with the first word. A matrix that ships goes past this table:
# it is put in force while nothing is judged yet.
SCHEME_NEXT_STATES: dict[str, frozenset[str]] = {
    SchemeState.DRAFT: frozenset({SchemeState.SUBMITTED, SchemeState.DISCARDED}),
    SchemeState.SUBMITTED: frozenset(
        {SchemeState.IN_FORCE, SchemeState.CHANGES_REQUESTED, SchemeState.DRAFT}
    ),
    SchemeState.CHANGES_REQUESTED: frozenset({SchemeState.DRAFT, SchemeState.DISCARDED}),
    SchemeState.IN_FORCE: frozenset({SchemeState.RETIRED}),
    SchemeState.RETIRED: frozenset(),
    SchemeState.DISCARDED: frozenset(),
}
EDITED_SCHEME_STATES = (SchemeState.DRAFT, SchemeState.CHANGES_REQUESTED)


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
    # A further version that is given up leaves the plan as it was approved.
    PlanState.DRAFT: frozenset({PlanState.SUBMITTED, PlanState.APPROVED, PlanState.WITHDRAWN}),
    PlanState.SUBMITTED: frozenset(
        {
            PlanState.APPROVED, PlanState.CHANGES_REQUESTED, PlanState.REJECTED, PlanState.DRAFT,
            PlanState.WITHDRAWN,
        }
    ),
    PlanState.CHANGES_REQUESTED: frozenset(
        {PlanState.DRAFT, PlanState.APPROVED, PlanState.WITHDRAWN}
    ),
    PlanState.APPROVED: frozenset(
        {PlanState.IN_PROGRESS, PlanState.DRAFT, PlanState.EXPIRED, PlanState.WITHDRAWN}
    ),
    PlanState.IN_PROGRESS: frozenset(
        {PlanState.COMPLETED, PlanState.DRAFT, PlanState.WITHDRAWN}
    ),
    # An action that turns out not to be done puts the plan back to work.
    PlanState.COMPLETED: frozenset(
        {PlanState.CLOSED, PlanState.DRAFT, PlanState.IN_PROGRESS}
    ),
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
    PLAN_DONE = "plan_done", _("Plan carried out, target not reached")
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


class ChangeKind(TextChoices):
    """What is changed about how the company works."""

    PROCESS = "process", pgettext_lazy("a change", "Steps or procedure")
    PEOPLE = "people", pgettext_lazy("a change", "People or training")
    EQUIPMENT = "equipment", pgettext_lazy("a change", "Equipment or material")
    SYSTEM = "system", pgettext_lazy("a change", "System or data")
    SUPPLIER = "supplier", pgettext_lazy("a change", "Supplier")
    SERVICE = "service", pgettext_lazy("a change", "New or changed service")


class ChangeState(TextChoices):
    """Submitted it asks for its risks to be judged again; ready once each of them was."""

    DRAFT = "draft", pgettext_lazy("a change", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("a change", "Submitted")
    ASSESSING = "assessing", pgettext_lazy("a change", "Risks being assessed")
    READY = "ready", pgettext_lazy("a change", "Ready")
    IMPLEMENTED = "implemented", pgettext_lazy("a change", "Implemented")
    REVIEWED = "reviewed", pgettext_lazy("a change", "Reviewed")
    CANCELLED = "cancelled", pgettext_lazy("a change", "Cancelled")


CHANGE_NEXT_STATES: dict[str, frozenset[str]] = {
    ChangeState.DRAFT: frozenset({ChangeState.SUBMITTED, ChangeState.CANCELLED}),
    ChangeState.SUBMITTED: frozenset({ChangeState.ASSESSING, ChangeState.CANCELLED}),
    ChangeState.ASSESSING: frozenset({ChangeState.READY, ChangeState.CANCELLED}),
    ChangeState.READY: frozenset({ChangeState.IMPLEMENTED, ChangeState.CANCELLED}),
    ChangeState.IMPLEMENTED: frozenset({ChangeState.REVIEWED}),
    ChangeState.REVIEWED: frozenset(),
    ChangeState.CANCELLED: frozenset(),
}
PENDING_CHANGE_STATES = (ChangeState.SUBMITTED, ChangeState.ASSESSING, ChangeState.READY)
"""Handed in and not yet implemented: its open tasks keep it from going live."""
OPEN_CHANGE_STATES = (ChangeState.DRAFT, *PENDING_CHANGE_STATES, ChangeState.IMPLEMENTED)


class ChangeOrigin(TextChoices):
    """Why a risk stands in the list of a change."""

    NODE = "node", _("Process step")
    CONTROL = "control", pgettext_lazy("of a change", "Control")
    SUPPLIER = "supplier", pgettext_lazy("of a change", "Supplier")
    HAND = "hand", _("Added by hand")


class ChangeOutcome(TextChoices):
    """What the review found after the change was live."""

    WORKED = "worked", pgettext_lazy("a change", "As intended")
    PARTLY = "partly", pgettext_lazy("a change", "In part")
    FAILED = "failed", pgettext_lazy("a change", "Not as intended")
