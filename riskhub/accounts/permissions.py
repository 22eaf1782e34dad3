"""Yes or no about people and departments. What holds for the whole company needs a role for it."""

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User


def can_read_people(user: User) -> bool:
    """Sees who works with the product and by which roles."""
    return user.roles.everywhere(Role.ADMIN, Role.RISK_MANAGER, Role.AUDITOR)


def can_manage_people(user: User) -> bool:
    """Makes accounts, gives and ends roles, keeps the departments."""
    return user.roles.everywhere(Role.ADMIN)


def can_see_contacts(user: User) -> bool:
    """E-mail and telephone; an auditor reads them masked."""
    return user.roles.everywhere(Role.ADMIN, Role.RISK_MANAGER)
