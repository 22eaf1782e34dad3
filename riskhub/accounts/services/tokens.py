"""Keys for programs."""

import hashlib
import secrets
from datetime import datetime

from django.utils import timezone

from riskhub.accounts.models import Token, User
from riskhub.audit.context import acting


def create_token(
    user: User, *, by: User | None, name: str, expires_at: datetime | None = None
) -> str:
    """The key itself, shown this one time; only its hash is kept."""
    with acting(by, "token.created"):
        key = secrets.token_urlsafe(32)
        token = Token(user=user, name=name, token_hash=hash_token(key), expires_at=expires_at)
        token.full_clean()
        token.save()
        return key


def revoke_token(token: Token, *, by: User) -> None:
    with acting(by, "token.revoked"):
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])


def hash_token(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
