from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.choices import ActionState
from assessments.models import Action
from assessments.services.plan_standing import show_plan
from registers.choices import PlanState
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import can_move, move
from riskhub.audit.versions import lock_row


def finish_action(action: Action, *, by: User, note: str) -> Action:
    """Done, with a word on what was done; the last one completes the plan."""
    with acting(by, "action.done"):
        if not note.strip():
            raise ValidationError({"note": _("Say what was done.")})
        plan = lock_row(action.plan)
        move(action, ActionState.DONE, note=note.strip(), done_by=by, done_at=timezone.now())
        if can_move(plan, PlanState.IN_PROGRESS):
            move(plan, PlanState.IN_PROGRESS)
        if not plan.actions.pending().exists() and can_move(plan, PlanState.COMPLETED):
            move(plan, PlanState.COMPLETED)
        show_plan(plan, by=by)
        return action
