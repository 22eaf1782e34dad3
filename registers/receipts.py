"""The address that leads back to a filing without a name: no row, export or log says it.

The key of the form makes the address, with the secret of the installation; of the address only its
hash is kept. So the same form sent twice comes to the same receipt, an address stays good when the
secret changes, and nobody who reads what is kept can make one.
"""

from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac


def receipt_of(form_key: UUID) -> UUID:
    made = salted_hmac("registers.receipt", str(form_key), algorithm="sha256")
    return UUID(bytes=made.digest()[:16])


def kept_as(receipt: UUID) -> UUID:
    """What stands in `client_uuid` instead."""
    return UUID(bytes=sha256(receipt.bytes).digest()[:16])
