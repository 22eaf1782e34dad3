from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.reports.querysets import READERS


def can_read_reports(user: User) -> bool:
    return user.roles.everywhere(*READERS)


def can_make_report(user: User) -> bool:
    """Freezes data, in the first edition or as a revision; an auditor only reads what was made."""
    return user.roles.everywhere(Role.RISK_MANAGER)
