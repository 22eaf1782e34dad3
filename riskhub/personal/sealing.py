"""Texts that the database keeps without being able to read them.

The keys are apart from SECRET_KEY, newest first: the first seals, all of them open. A text is sealed with
Fernet (AES-128-CBC and HMAC-SHA256). It is found again by a hash that nobody can try out without the key.
"""

import hmac
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from riskhub.local.keys import kept_secret

_SEALS, _FINDS = b"riskhub.personal.seal", b"riskhub.personal.find"


class Unreadable(Exception):  # noqa: N818 - reads as what it says
    """None of the keys opens it: the one that sealed it is missing."""


def personal_keys() -> list[str]:
    """Newest first: those of the environment, else one that is made once and kept in the data folder."""
    given: list[str] = settings.PERSONAL_KEYS
    return given or [_kept()]


def seal(text: str) -> str:
    """Another token each time, so that equal texts cannot be told from each other."""
    return _sealer(*personal_keys()).encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """Raises Unreadable."""
    try:
        return _sealer(*personal_keys()).decrypt(token.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def is_newest(token: str) -> bool:
    """Whether the first key sealed it."""
    try:
        _sealer(personal_keys()[0]).decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def finding_hash(text: str) -> str:
    """64 hex digits, the same for the same text under the first key."""
    return hmac.new(_derived(personal_keys()[0], _FINDS), text.encode(), sha256).hexdigest()


@lru_cache(maxsize=1)
def _kept() -> str:
    return kept_secret(settings.DATA_DIR / "personal_key")


@lru_cache(maxsize=8)
def _sealer(*keys: str) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(_derived(key, _SEALS))) for key in keys])


def _derived(key: str, purpose: bytes) -> bytes:
    """32 bytes for one purpose: a hash that becomes known opens nothing."""
    return hmac.new(key.encode(), purpose, sha256).digest()
