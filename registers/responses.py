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


def response_words(
    strategy: str, plan_state: str, version: int | None = None, in_force: int | None = None
) -> tuple[str, str]:
    """The strategy and how its plan stands; without a plan the second is empty."""
    if not plan_state:
        return _("No plan"), ""
    return str(_STRATEGIES[strategy]), plan_words(plan_state, version, in_force)


def plan_words(plan_state: str, version: int | None, in_force: int | None) -> str:
    """The state; where another version is worked by meanwhile, both: “v1 in force, v2 draft”."""
    return versions_in_words(str(_STATES[plan_state]), version, in_force)


def versions_in_words(state: str, version: int | None, in_force: int | None) -> str:
    """The same where the state is a word already."""
    if not version or not in_force or version == in_force:
        return state
    return _("v%(in_force)d in force, v%(version)d %(state)s") % {
        "in_force": in_force,
        "version": version,
        "state": state[:1].lower() + state[1:],
    }
