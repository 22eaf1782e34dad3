"""The actions of one plan as its page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.models import Action, ResponsePlan
from assessments.permissions import can_finish_action, can_start_action, can_verify_action
from riskhub.accounts.models import User
from riskhub.files.models import Attachment
from riskhub.files.reading import attachments_of, with_attachments


@dataclass(frozen=True)
class ActionRow:
    """With what this user may do with it, and the files that show that it is done."""

    action: Action
    can_start: bool
    can_finish: bool
    can_verify: bool
    files: Sequence[Attachment]


def action_rows(plan: ResponsePlan, user: User) -> list[ActionRow]:
    """Two queries."""
    actions = plan.actions.select_related("owner", "done_by", "verified_by", "control")
    rows = with_attachments(actions.order_by("due_on", "pk"))
    for action in rows:
        action.plan = plan
    return [
        ActionRow(
            action, can_start_action(user, action), can_finish_action(user, action),
            can_verify_action(user, action), attachments_of(action),
        )
        for action in rows
    ]  # fmt: skip
