"""Every file that is kept, each under the sha256 of its content: written whole or not at all.

On this machine's disk, or in a bucket that several machines share: `settings.STORAGES["files"]`.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Protocol, cast

from django.conf import settings
from django.core.files.storage import storages
from django.utils import timezone

from riskhub.files.kept import Kept
from riskhub.files.unreachable import StoreUnreachable

FRESH_FOR = timedelta(hours=1)
"""What is older is written again where it comes in once more: old bytes may be about to be removed."""
_NAME = re.compile(r"[0-9a-f]{2}/([0-9a-f]{64})")


class FileDamaged(Exception):  # noqa: N818 - reads as what it says
    """The stored bytes are missing or no longer match their name."""


class Place(Protocol):
    """Where files lie. FileNotFoundError for a name that is not there, StoreUnreachable for no answer."""

    def put(self, name: str, content: bytes) -> None: ...
    def get(self, name: str) -> bytes: ...
    def look(self, name: str) -> Kept: ...
    def remove(self, name: str) -> None: ...
    def names(self) -> Iterator[tuple[str, datetime]]: ...
    def fault(self) -> str: ...


def place() -> Place:
    return cast("Place", storages["files"])


def store_bytes(content: bytes) -> str:
    """Returns the sha256 under which it lies now, whole. The row comes afterwards."""
    digest = sha256(content).hexdigest()
    kept = _look(digest)
    if kept is None or kept.size != len(content) or kept.since < timezone.now() - FRESH_FOR:
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
    return _look(digest) is not None


def remove_stored(digest: str) -> None:
    """For good; nothing happens where it is gone already."""
    place().remove(_name(digest))


def kept_since() -> Iterator[tuple[str, datetime]]:
    """Every file that is ours, by its digest, and when it was written last."""
    for name, since in place().names():
        if found := _NAME.fullmatch(name):
            yield found[1], since


def path_of(digest: str) -> Path:
    """Where the disk has it."""
    return Path(settings.MEDIA_ROOT) / _name(digest)


def _look(digest: str) -> Kept | None:
    try:
        return place().look(_name(digest))
    except FileNotFoundError:
        return None


def _name(digest: str) -> str:
    return f"{digest[:2]}/{digest}"
