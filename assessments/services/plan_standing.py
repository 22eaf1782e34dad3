from assessments.choices import DECIDED_PLAN_STATES
from assessments.models import ResponsePlan
from registers.choices import PlanState, RiskState, Strategy
from registers.services.standing import set_plan_standing
from riskhub.accounts.models import User
from riskhub.audit.context import acting

_ENDED = (PlanState.WITHDRAWN, PlanState.REJECTED)


def show_plan(plan: ResponsePlan, *, by: User | None) -> None:
    """Show strategy and state on the risk, and move the risk along: responding, monitored."""
    with acting(by, "plan.shown"):
        head = plan.head
        if plan.state in _ENDED or head is None:
            set_plan_standing(
                plan.risk, by=by, strategy="", plan_state="", state=RiskState.ASSESSED
            )
            return
        state = None
        if plan.state in DECIDED_PLAN_STATES:
            is_settled = head.strategy == Strategy.ACCEPT or not plan.actions.pending().exists()
            state = RiskState.MONITORED if is_settled else RiskState.RESPONDING
        set_plan_standing(
            plan.risk, by=by, strategy=head.strategy, plan_state=plan.state, state=state
        )
