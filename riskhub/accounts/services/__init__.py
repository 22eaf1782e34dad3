from riskhub.accounts.services.departments import create_department
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
    "LastAdministrator",
    "assign_role",
    "create_department",
    "create_token",
    "create_user",
    "edit_user",
    "end_role",
    "hash_token",
    "make_sign_in_link",
    "revoke_token",
    "set_language",
    "set_password",
    "set_theme",
]
