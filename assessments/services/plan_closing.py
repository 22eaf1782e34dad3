"""A plan that is carried out ends where it wanted to arrive, or goes on as a new version."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.choices import ActionState
from assessments.models import PlanVersion, ResponsePlan
from assessments.schemes.in_force import demand_today
from assessments.services.plan_standing import show_plan
from registers.choices import Level, PlanState, Strategy
from registers.models import Risk
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


def short_of_target(plan: ResponsePlan) -> list[str]:
    """Both scores of the residual risk against those that the version in force promises."""
    version, risk = plan.in_force, plan.risk
    if version is None:
        return []
    if version.target_probability is None or version.target_impact is None:
        return _above_appetite(version, risk)
    is_reached = (risk.residual_probability or 0) <= version.target_probability and (
        risk.residual_impact or 0
    ) <= version.target_impact
    if is_reached:
        return []
    words = _(
        "The target is %(target)s, and the risk stands at %(now)s. Assess it again, or change the plan."
    )
    target = f"{version.target_probability},{version.target_impact}"
    now = f"{risk.residual_probability},{risk.residual_impact}"
    return [words % {"target": target, "now": now}]


def _above_appetite(version: PlanVersion, risk: Risk) -> list[str]:
    """Without a target it ends where the level asks for no plan; what is accepted stays as it is."""
    level = risk.residual_level or 0
    if version.strategy == Strategy.ACCEPT or not demand_today(level, risk.area_id).needs_plan:
        return []
    words = _(
        "The plan has no target, and the risk is still %(level)s. Change the plan and name a target."
    )
    return [words % {"level": Level(level).label}]
