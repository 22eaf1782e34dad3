"""Who sets the product up."""

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.company.preferences import preference


def can_set_up(user: User) -> bool:
    """The administrator. Nobody in the demo company: it is set up."""
    return keeps_company(user) and not preference("is_demo")


def keeps_company(user: User) -> bool:
    """Who is told what became of the set-up where it is over."""
    return user.roles.everywhere(Role.ADMIN)
