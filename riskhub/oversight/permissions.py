from riskhub.accounts.choices import Role
from riskhub.accounts.models import User

SUPERVISORS = (
    Role.RISK_MANAGER, Role.DEPARTMENT_HEAD, Role.APPROVER, Role.AUDITOR, Role.ADMIN,
)  # fmt: skip


def can_supervise(user: User) -> bool:
    """Sees how the departments stand for which one of these roles is held."""
    return user.roles.has(*SUPERVISORS)


def can_read_audit(user: User) -> bool:
    """All of it, and verify it: it names everybody, so only roles that see the whole company do."""
    return user.roles.everywhere(
        Role.RISK_MANAGER, Role.APPROVER, Role.FINANCE, Role.AUDITOR, Role.ADMIN
    )


def can_read_own_log(user: User) -> bool:
    """Whoever works here reads what they did themselves, and heads what concerns their departments."""
    return user.roles.has(*Role.values)


def can_audit(user: User) -> bool:
    """Writes notes beside what they audit, and changes nothing."""
    return user.roles.has(Role.AUDITOR)


def can_watch_work(user: User) -> bool:
    """Is told of what the workers gave up, and starts it again."""
    return user.roles.everywhere(Role.RISK_MANAGER, Role.ADMIN)


def can_read_work(user: User) -> bool:
    """Sees what the workers owe: who keeps them going, and the auditor, who reads everything."""
    return can_watch_work(user) or user.roles.everywhere(Role.AUDITOR)
