"""What happens when a version comes into force: its actions become rows."""

from datetime import date

from assessments.choices import ActionState
from assessments.models import Action, PlanVersion, ResponsePlan
from assessments.plan_content import PlanContent
from assessments.services.plan_standing import show_plan
from registers.choices import PlanState
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import move


def put_in_force(plan: ResponsePlan, version: PlanVersion, *, by: User) -> None:
    """The plan is approved: make or update actions by key, cancel those no longer written."""
    with acting(by, "plan.approved"):
        move(plan, PlanState.APPROVED, in_force=version)
        written = {action.key: action for action in PlanContent.parse(version.content).actions}
        present = {action.key: action for action in plan.actions.all()}
        for key, planned in written.items():
            Action.objects.update_or_create(
                plan=plan,
                key=key,
                defaults={
                    "title": planned.title,
                    "owner_id": planned.owner,
                    "department_id": plan.risk.owner_department_id,
                    "due_on": date.fromisoformat(planned.due_on),
                },
            )
        for key in present.keys() - written.keys():
            if present[key].state in (ActionState.OPEN, ActionState.DOING):
                move(present[key], ActionState.CANCELLED)
        show_plan(plan, by=by)
