"""The run-time role owns nothing. What builds tables does it as the owner."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

WHO = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


@contextmanager
def as_owner(using: str = "default") -> Iterator[None]:
    """Inside the block the connection is the owner's. Without DATABASE_OWNER_URL: no change."""
    connection = connections[using]
    owner = settings.DATABASE_OWNER
    if not owner:
        yield
        return
    runtime = {name: connection.settings_dict[name] for name in WHO}
    connection.close()
    connection.settings_dict.update({name: owner.get(name, runtime[name]) for name in WHO})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(runtime)
