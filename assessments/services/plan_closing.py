"""A plan that is carried out ends where it wanted to arrive, or goes on as a new version."""

from django.utils.translation import ngettext

from assessments.choices import ActionState
from assessments.models import ResponsePlan
from assessments.plans.targets import short_of_target
from assessments.services.plan_standing import show_plan
from registers.choices import PlanState
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, can_move, move
from riskhub.audit.versions import lock_row, lock_version


class NotReached(Exception):  # noqa: N818 - reads as what it says
    """What stands between a plan and its end, in sentences."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


def close_plan(plan: ResponsePlan, *, by: User, version: int | None = None) -> ResponsePlan:
    """Every action is verified and the target is reached. Raises NotReached with what is missing."""
    with acting(by, "plan.closed"):
        stored = lock_version(plan, version)
        if not can_move(stored, PlanState.CLOSED):
            raise WrongState(stored, PlanState.CLOSED)
        lock_row(stored.risk)
        if missing := missing_to_close(stored):
            raise NotReached(missing)
        move(stored, PlanState.CLOSED)
        show_plan(stored, by=by)
        return stored


def missing_to_close(plan: ResponsePlan) -> list[str]:
    """Of a plan whose actions are all done."""
    said = []
    unverified = plan.actions.filter(state=ActionState.DONE).count()
    if unverified:
        words = ngettext(
            "%(count)d action is not verified yet.",
            "%(count)d actions are not verified yet.",
            unverified,
        )
        said.append(words % {"count": unverified})
    return [*said, *short_of_target(plan)]
