"""How a risk is answered, in words: strategy and state of the plan, with the mark of the state."""

from django.utils.translation import gettext as _

from registers.choices import PlanState, Strategy

_MARKS = {
    PlanState.DRAFT: "draft",
    PlanState.SUBMITTED: "wait",
    PlanState.CHANGES_REQUESTED: "back",
    PlanState.APPROVED: "run",
    PlanState.IN_PROGRESS: "run",
    PlanState.COMPLETED: "done",
    PlanState.CLOSED: "done",
    PlanState.REJECTED: "stop",
    PlanState.WITHDRAWN: "none",
    PlanState.EXPIRED: "late",
}
_STRATEGIES = dict(Strategy.choices)
_STATES = dict(PlanState.choices)


def response_mark(plan_state: str) -> str:
    """Of the tag `state`: draft wait run done late back stop none."""
    return _MARKS.get(PlanState(plan_state), "none") if plan_state else "none"


def response_words(strategy: str, plan_state: str) -> tuple[str, str]:
    """The strategy and the state of its plan; without a plan the second is empty."""
    if not plan_state:
        return _("No plan"), ""
    return str(_STRATEGIES[strategy]), str(_STATES[plan_state])
