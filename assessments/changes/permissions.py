"""Who files a process change and who decides on it. Visibility is decided before, by `visible_to`."""

from assessments.choices import PENDING_CHANGE_STATES, ChangeState
from assessments.models import ProcessChange
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.audit.transitions import can_move

FILERS = (Role.RISK_MANAGER, Role.DEPARTMENT_HEAD, Role.STAFF)
"""Whoever does the work files what changes about it."""
_ANSWERING = (Role.RISK_MANAGER, Role.DEPARTMENT_HEAD)


def can_create_change(user: User) -> bool:
    return user.roles.has(*FILERS)


def may_write_change(user: User, change: ProcessChange) -> bool:
    """Whoever asked for it, and who answers for its department; whatever state it is in."""
    if change.requested_by_id == user.pk:
        return user.roles.covers(change.department_id, *FILERS)
    return user.roles.covers(change.department_id, *_ANSWERING)


def can_edit_change(user: User, change: ProcessChange) -> bool:
    """Only a draft: what was handed in is what the risks are judged for."""
    return change.is_draft and may_write_change(user, change)


def may_decide_change(user: User, change: ProcessChange) -> bool:
    """The risk manager decides, whatever state it is in."""
    return user.roles.covers(change.department_id, Role.RISK_MANAGER)


def may_review_change(user: User, change: ProcessChange) -> bool:
    """Who answers for its department: a company with one risk manager has a second pair of eyes, too."""
    return user.roles.covers(change.department_id, *_ANSWERING)


def has_put_live(user: User, change: ProcessChange) -> bool:
    """Then somebody else reviews it."""
    return change.state == ChangeState.IMPLEMENTED and change.implemented_by_id == user.pk


def can_add_change_risk(user: User, change: ProcessChange) -> bool:
    """Of a draft whoever writes it; later the risk manager, until it is live."""
    if change.is_draft:
        return may_write_change(user, change)
    return change.state in PENDING_CHANGE_STATES and may_decide_change(user, change)


def can_postpone_change(user: User, change: ProcessChange) -> bool:
    """Of a draft the day is simply edited."""
    return change.state in PENDING_CHANGE_STATES and may_decide_change(user, change)


def may_cancel_change(user: User, change: ProcessChange) -> bool:
    """Who writes it gives up the draft; what was handed in the risk manager ends."""
    if change.is_draft:
        return may_write_change(user, change)
    return may_decide_change(user, change)


def can_cancel_change(user: User, change: ProcessChange) -> bool:
    return can_move(change, ChangeState.CANCELLED) and may_cancel_change(user, change)
