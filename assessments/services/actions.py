from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.choices import ActionState
from assessments.models import Action
from assessments.services.enforcement import take_along
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import move
from riskhub.audit.versions import lock_row
from riskhub.entry.texts import prose


def finish_action(action: Action, *, by: User, note: str) -> Action:
    """Done, with a word on what was done; the last one completes the plan."""
    with acting(by, "action.done"):
        if not prose(note):
            raise ValidationError({"note": _("Say what was done.")})
        plan = lock_row(action.plan)
        move(action, ActionState.DONE, note=prose(note), done_by=by, done_at=timezone.now())
        take_along(plan, by=by)
        return action
