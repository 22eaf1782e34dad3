"""The demo's password and the list of who can sign in with it."""

import os

from django.conf import settings
from django.utils.translation import override

from riskhub.accounts.models import User
from riskhub.company.preferences import company_names
from riskhub.local.keys import kept_secret

_LENGTH = 12


def demo_password() -> str:
    """RISKHUB_DEMO_PASSWORD, else a random one that is kept in the data folder."""
    given = os.environ.get("RISKHUB_DEMO_PASSWORD")
    return given or kept_secret(settings.DATA_DIR / "demo_password", _LENGTH)


def sign_ins(password: str) -> list[str]:
    """One line per person: name to sign in with, role, department."""
    users = User.objects.prefetch_related("role_assignments__department").order_by("pk")
    with override("en"):
        return [
            f"Demo company {' / '.join(company_names())}. Everybody's password: {password}",
            *(f"  {user.username:<16} {_roles(user)}" for user in users),
        ]


def _roles(user: User) -> str:
    return ", ".join(
        f"{row.get_role_display()}{f' of {row.department.name}' if row.department else ''}"
        for row in user.role_assignments.all()
    )
