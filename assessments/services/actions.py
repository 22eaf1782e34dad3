"""Actions of a plan in force: begun, done by one person, verified or sent back by another."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.choices import LIVE_PLAN_STATES, ActionState
from assessments.models import Action
from assessments.services.action_notices import tell_owner, tell_verifiers
from assessments.services.enforcement import take_along
from registers.choices import PlanState
from registers.services.controls import edit_control
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import lock_row
from riskhub.entry.texts import prose
from riskhub.files.keeping import KeptFile
from riskhub.files.services import attach_files


class OwnAction(Exception):  # noqa: N818 - reads as what it says
    """Nobody judges what they did themselves: neither that it is done, nor that it is not."""

    def __init__(self) -> None:
        super().__init__(_("You did this yourself. Somebody else verifies it."))


def start_action(action: Action, *, by: User) -> Action:
    """Somebody works on it."""
    with acting(by, "action.started"):
        lock_row(action.plan)
        return move(action, ActionState.DOING)


def finish_action(action: Action, *, by: User, note: str, files: Sequence[KeptFile] = ()) -> Action:
    """Done, with a word on what was done; the last one completes the plan."""
    with acting(by, "action.done"):
        if not prose(note):
            raise ValidationError({"note": _("Say what was done.")})
        plan = lock_row(action.plan)
        move(
            action, ActionState.DONE, note=prose(note), done_by=by, done_at=timezone.now(),
            reopened_reason="",
        )  # fmt: skip
        if files:
            attach_files(action, files, by=by)
        take_along(plan, by=by)
        tell_verifiers(action, by=by)
        return action


def verify_action(action: Action, *, by: User) -> Action:
    """Another person has seen that it is done. What it changes of a control holds from now on."""
    with acting(by, "action.verified"):
        plan = lock_row(action.plan)
        stored = lock_row(action)
        if stored.state == ActionState.DONE and stored.done_by_id == by.pk:
            raise OwnAction
        move(action, ActionState.VERIFIED, verified_by=by, verified_at=timezone.now())
        if action.control and action.every_days:
            control = lock_row(action.control)
            if control.is_in_use and control.check_every_days != action.every_days:
                edit_control(control, by=by, version=None, check_every_days=action.every_days)
        take_along(plan, by=by)
        return action


def reopen_action(action: Action, *, by: User, reason: str) -> Action:
    """It is not done after all: its owner reads why."""
    with acting(by, "action.reopened", reason):
        if not prose(reason):
            raise ValidationError({"reason": _("Say what is missing.")})
        plan = lock_row(action.plan)
        stored = lock_row(action)
        if stored.state != ActionState.DONE:
            raise WrongState(action, ActionState.OPEN)
        if stored.done_by_id == by.pk:
            raise OwnAction
        if plan.state not in LIVE_PLAN_STATES:  # what was not done is not to be done any more
            raise WrongState(plan, PlanState.IN_PROGRESS)
        move(
            action, ActionState.OPEN, note="", done_by=None, done_at=None,
            reopened_reason=prose(reason),
        )  # fmt: skip
        take_along(plan, by=by)
        tell_owner(action, by=by, reason=prose(reason))
        return action
