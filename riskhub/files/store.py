"""Every file that is kept, each under the sha256 of its content: written whole or not at all.

On this machine's disk, or in a bucket that several machines share: `settings.STORAGES["files"]`.
"""

from hashlib import sha256
from pathlib import Path
from typing import Protocol, cast

from django.conf import settings
from django.core.files.storage import storages

from riskhub.files.unreachable import StoreUnreachable


class FileDamaged(Exception):  # noqa: N818 - reads as what it says
    """The stored bytes are missing or no longer match their name."""


class Place(Protocol):
    """Where files lie. FileNotFoundError for a name that is not there, StoreUnreachable for no answer."""

    def put(self, name: str, content: bytes) -> None: ...
    def get(self, name: str) -> bytes: ...
    def size(self, name: str) -> int: ...
    def fault(self) -> str: ...


def place() -> Place:
    return cast("Place", storages["files"])


def store_bytes(content: bytes) -> str:
    """Returns the sha256 under which it lies now, whole. The row comes afterwards."""
    digest = sha256(content).hexdigest()
    if _size(digest) != len(content):
        place().put(_name(digest), content)
    return digest


def open_stored(digest: str) -> bytes:
    """Read and check: a rotten disk is found when it is read, not by the reader of the report."""
    try:
        content = place().get(_name(digest))
    except StoreUnreachable:
        raise
    except OSError as error:
        raise FileDamaged(f"{digest} is missing") from error
    if sha256(content).hexdigest() != digest:
        raise FileDamaged(f"{digest} was changed where it is stored")
    return content


def is_stored(digest: str) -> bool:
    return _size(digest) is not None


def path_of(digest: str) -> Path:
    """Where the disk has it."""
    return Path(settings.MEDIA_ROOT) / _name(digest)


def _size(digest: str) -> int | None:
    try:
        return place().size(_name(digest))
    except FileNotFoundError:
        return None


def _name(digest: str) -> str:
    return f"{digest[:2]}/{digest}"
