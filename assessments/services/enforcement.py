"""What happens when a version comes into force, stays in force, or the plan ends."""

from datetime import date

from assessments.choices import ActionState
from assessments.models import Action, PlanVersion, ResponsePlan
from assessments.plan_content import PlanContent, PlannedAction
from assessments.services.plan_standing import show_plan
from registers.choices import PlanState
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import move, move_all
from riskhub.audit.versions import save_fields

_FINISHED = (ActionState.DONE, ActionState.VERIFIED)


def put_in_force(plan: ResponsePlan, version: PlanVersion, *, by: User) -> None:
    """Its actions become rows by key, those no longer written are cancelled."""
    with acting(by, "plan.approved" if version.requires_approval else "plan.put_in_force"):
        move(plan, PlanState.APPROVED, in_force=version)
        written = PlanContent.parse(version.content).actions
        present = {action.key: action for action in plan.actions.select_for_update()}
        for planned in written:
            _write_action(plan, present.pop(planned.key, None), planned)
        _cancel(list(present.values()))
        take_along(plan, by=by)


def keep_in_force(plan: ResponsePlan, *, by: User) -> None:
    """A further version was rejected: the plan is again what was approved before."""
    with acting(by, "plan.kept_in_force"):
        move(plan, PlanState.APPROVED, head=plan.in_force)
        take_along(plan, by=by)


def take_along(plan: ResponsePlan, *, by: User) -> None:
    """From approved to where its actions are: in progress with the first done, completed with the last."""
    with acting(by, "plan.progressed"):
        states = set(plan.actions.values_list("state", flat=True)) - {ActionState.CANCELLED}
        if plan.state == PlanState.APPROVED and not states.isdisjoint(_FINISHED):
            move(plan, PlanState.IN_PROGRESS)
        if plan.state == PlanState.IN_PROGRESS and states.issubset(_FINISHED):
            move(plan, PlanState.COMPLETED)
        show_plan(plan, by=by)


def end_plan(plan: ResponsePlan, to: PlanState, *, by: User, reason: str) -> None:
    """Withdrawn or rejected as a whole: what was not done is not to be done any more."""
    with acting(by, f"plan.{to.value}", reason):
        move(plan, to, ended_reason=reason, in_force=None)
        _cancel(list(plan.actions.all()))
        show_plan(plan, by=by)


def _write_action(plan: ResponsePlan, present: Action | None, planned: PlannedAction) -> None:
    fields = {
        "title": planned.title,
        "owner_id": planned.owner,
        "department_id": plan.risk.owner_department_id,
        "due_on": date.fromisoformat(planned.due_on),
    }
    if present is None:
        Action.objects.create(plan=plan, key=planned.key, **fields)
        return
    if present.state == ActionState.CANCELLED:
        move(present, ActionState.OPEN)
    if any(getattr(present, name) != value for name, value in fields.items()):
        save_fields(present, **fields)


def _cancel(actions: list[Action]) -> None:
    pending = [one for one in actions if one.state in (ActionState.OPEN, ActionState.DOING)]
    move_all(pending, ActionState.CANCELLED)
