from riskhub.accounts.services.delegations import (
    delegate_decisions,
    delegate_objection,
    revoke_delegation,
)
from riskhub.accounts.services.departments import (
    DEEPEST,
    DepartmentInUse,
    close_department,
    create_department,
    edit_department,
    reopen_department,
)
from riskhub.accounts.services.leaving import (
    StillHolds,
    deactivate_user,
    hand_over_departments,
    reactivate_user,
)
from riskhub.accounts.services.people import (
    create_user,
    edit_user,
    make_sign_in_link,
    set_language,
    set_password,
    set_theme,
)
from riskhub.accounts.services.roles import LastAdministrator, assign_role, end_role
from riskhub.accounts.services.tokens import create_token, hash_token, revoke_token

__all__ = [
    "DEEPEST",
    "DepartmentInUse",
    "LastAdministrator",
    "StillHolds",
    "assign_role",
    "close_department",
    "create_department",
    "create_token",
    "create_user",
    "deactivate_user",
    "delegate_decisions",
    "delegate_objection",
    "edit_department",
    "edit_user",
    "end_role",
    "hand_over_departments",
    "hash_token",
    "make_sign_in_link",
    "reactivate_user",
    "reopen_department",
    "revoke_delegation",
    "revoke_token",
    "set_language",
    "set_password",
    "set_theme",
]
