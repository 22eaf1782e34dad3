"""The way in of the very first person: a key that the start of the product prints, good until it is used.

Whoever reads what the server prints may make the first account; whoever only reaches its address may not.
"""

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

_LENGTH = 32


def first_key() -> str:
    return salted_hmac("riskhub.setup.first_user", "", algorithm="sha256").hexdigest()[:_LENGTH]


def is_first_key(key: str) -> bool:
    return constant_time_compare(key, first_key())


def first_path() -> str:
    return reverse("setup:first_user", args=[first_key()])
