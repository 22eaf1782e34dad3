"""Links by which somebody chooses their own password: for the first time, or because it is forgotten.

Each works once and for three days, and only the newest one of a person: what it is made from changes
with the password, with the next sign-in, with a newer link and when the account is closed.
"""

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from riskhub.accounts.models import User


class SignInLinks(PasswordResetTokenGenerator):
    key_salt = "riskhub.accounts.links"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        facts = (user.email, user.is_active, user.session_series, user.link_made_at)
        return f"{super()._make_hash_value(user, timestamp)}{facts}"


def link_path(user: User) -> str:
    """The path of a fresh link."""
    key = SignInLinks().make_token(user)
    where = {"uidb36": user_pk_to_url_str(user), "key": key}
    return reverse("account_reset_password_from_key", kwargs=where)
