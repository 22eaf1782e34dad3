from riskhub.accounts.choices import Role
from riskhub.accounts.models import User


def can_keep_webhooks(user: User) -> bool:
    """Says which groups outside are told of what."""
    return user.roles.everywhere(Role.ADMIN)
