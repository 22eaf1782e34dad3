from typing import TypedDict

from assessments.aims import aims_of
from assessments.choices import DECIDED_PLAN_STATES, LIVE_PLAN_STATES
from assessments.models import Assessment, PlanVersion, ResponsePlan
from assessments.schemes.in_force import grid_in_force
from registers.choices import PlanState, RiskState, Strategy
from registers.models import Risk
from registers.services.standing import Cell, PlanStanding, set_plan_standing
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row


class _Aim(TypedDict, total=False):
    target: Cell | None
    scheme: int


def show_plan(plan: ResponsePlan, *, by: User | None) -> None:
    """Show strategy and state on the risk, and move the risk along: responding, monitored.

    While a new version is written, the strategy shown is that of the version in force.
    """
    with acting(by, "plan.shown"):
        risk = lock_row(plan.risk)
        shown = plan.in_force or plan.head
        if plan.state not in LIVE_PLAN_STATES or shown is None:
            bare = PlanStanding(**_aim(risk))
            set_plan_standing(risk, bare, by=by, state=_without_plan(risk, plan))
            return
        state = _with_plan(plan, shown) if plan.state in DECIDED_PLAN_STATES else None
        standing = PlanStanding(
            shown.strategy,
            plan.state,
            version=plan.head.number if plan.head else None,
            in_force=plan.in_force.number if plan.in_force else None,
            **_aim(risk),
        )
        set_plan_standing(risk, standing, by=by, state=state)


def _aim(risk: Risk) -> _Aim:
    confirmed = list(Assessment.objects.filter(risk=risk).confirmed())
    if not confirmed:
        return {}
    grid = grid_in_force()
    return {"target": aims_of(confirmed, grid).get(risk.pk), "scheme": grid.scheme}


def _without_plan(risk: Risk, plan: ResponsePlan) -> RiskState | None:
    """A risk that nobody has assessed does not become so by losing its plan.

    One whose plan has arrived where it wanted is watched.
    """
    is_answered = risk.state in (RiskState.RESPONDING, RiskState.MONITORED)
    if plan.state == PlanState.CLOSED:
        return RiskState.MONITORED if is_answered else None
    return RiskState.ASSESSED if is_answered else None


def _with_plan(plan: ResponsePlan, shown: PlanVersion) -> RiskState:
    is_settled = shown.strategy == Strategy.ACCEPT or not plan.actions.pending().exists()
    return RiskState.MONITORED if is_settled else RiskState.RESPONDING
