"""Yes or no about people and departments. What holds for the whole company needs a role for it."""

from riskhub.accounts.choices import LENT, Role
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


def can_delegate(user: User) -> bool:
    """Takes decisions that somebody else could take for them."""
    return user.roles.has(*LENT)


def can_delegate_for(user: User, person: User) -> bool:
    """Themselves, or the administrator where somebody is not there to do it."""
    return (user.pk == person.pk and can_delegate(user)) or can_manage_people(user)


def sees_delegations(user: User) -> bool:
    """Whether the list of stand-ins is worth a place in the navigation."""
    return can_delegate(user) or can_read_people(user) or bool(user.stands_in_for)
