"""API access by token: `Authorization: Token <key>`."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from riskhub.accounts.models import Token, User
from riskhub.accounts.services import hash_token

OF_A_PROXY = "basic"
"""A server in front of ours may ask for a password of its own, and pass it on."""


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        header = get_authorization_header(request).decode("latin-1")
        scheme, _space, key = header.partition(" ")
        if not header or scheme.lower() == OF_A_PROXY:
            return None
        if scheme.lower() != "token" or not key.strip():
            raise AuthenticationFailed(_("Send the token as “Authorization: Token <key>”."))
        token = (
            Token.objects.select_related("user")
            .filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
            .filter(token_hash=hash_token(key.strip()), revoked_at=None, user__is_active=True)
            .first()
        )
        if token is None:
            raise AuthenticationFailed(
                _("This token is wrong, expired or revoked. Make a new one.")
            )
        return token.user, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - the framework's signature
        return "Token"
