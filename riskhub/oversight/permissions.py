from riskhub.accounts.choices import Role
from riskhub.accounts.models import User


def can_read_audit(user: User) -> bool:
    """The log names everybody and every department: only roles that see the whole company read it."""
    return user.roles.everywhere(Role.RISK_MANAGER, Role.APPROVER, Role.AUDITOR, Role.ADMIN)


def can_watch_work(user: User) -> bool:
    """Sees what the workers owe, and starts again what they gave up."""
    return user.roles.everywhere(Role.RISK_MANAGER, Role.ADMIN)
