"""Who sets the product up."""

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.company.preferences import preference


def can_set_up(user: User) -> bool:
    """The administrator. Nobody in the demo company: it is set up."""
    return user.roles.everywhere(Role.ADMIN) and not preference("is_demo")
