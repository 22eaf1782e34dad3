"""The secret with which a customer follows their complaint: told once, kept as a hash. Pure.

Ten signs of 31 that are not taken for one another, 49 bits: enough beside the limits on wrong tries, and
short enough to be written down. The key of the form makes it, with the secret of the installation: the same
form sent twice tells the same secret. The number of the complaint salts the hash.
"""

import hmac
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH, HALF = 10, 5
_ALIKE = str.maketrans({"0": "O", "1": "I"})


def secret_of(form_key: UUID) -> str:
    """Such as `7KPMQ-3XDRW`."""
    made = int.from_bytes(
        salted_hmac("incidents.secret", str(form_key), algorithm="sha256").digest()
    )
    signs = "".join(SIGNS[made // len(SIGNS) ** place % len(SIGNS)] for place in range(LENGTH))
    return f"{signs[:HALF]}-{signs[HALF:]}"


def secret_hash(code: str, secret: str) -> str:
    """Small letters, blanks and the dash make no difference."""
    signs = "".join(sign for sign in secret.upper() if sign.isalnum())
    return sha256(f"{code}:{signs.translate(_ALIKE)}".encode()).hexdigest()


def fits(kept: str, code: str, secret: str) -> bool:
    """In the same time whether or not; no secret fits where none is kept."""
    return bool(kept) & hmac.compare_digest(kept, secret_hash(code, secret))
