"""Who may share a view, and who may change or remove it."""

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.search.choices import Sharing
from riskhub.search.models import SavedView

_KEEPERS = (Role.RISK_MANAGER, Role.DEPARTMENT_HEAD)


def can_share_with(user: User, sharing: str) -> bool:
    """The risk manager with everybody, a head with the own department; each keeps what they like."""
    if sharing == Sharing.ALL:
        return user.roles.everywhere(Role.RISK_MANAGER)
    if sharing == Sharing.DEPARTMENT:
        return user.department_id is not None and user.roles.covers(user.department_id, *_KEEPERS)
    return True


def can_edit_saved_view(user: User, view: SavedView) -> bool:
    return view.owner_id == user.pk


def can_delete_saved_view(user: User, view: SavedView) -> bool:
    """One's own; what is shared, the company's risk manager too: its owner may have left."""
    is_shared = view.shared_with != Sharing.NONE
    return view.owner_id == user.pk or (is_shared and user.roles.everywhere(Role.RISK_MANAGER))
