"""API access by token: `Authorization: Token <key>`."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from riskhub.accounts.models import Token, User
from riskhub.accounts.services import hash_token


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _space, key = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "token" or not key:
            return None
        token = (
            Token.objects.select_related("user")
            .filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
            .filter(token_hash=hash_token(key.strip()), revoked_at=None, user__is_active=True)
            .first()
        )
        if token is None:
            raise AuthenticationFailed(_("This token is not valid. Make a new one."))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - the framework's signature
        return "Token"
