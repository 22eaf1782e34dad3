"""Files on disk, each under the sha256 of its content: written whole or not at all."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

from django.conf import settings


class FileDamaged(Exception):  # noqa: N818 - reads as what it says
    """The stored bytes are missing or no longer match their name."""


def path_of(digest: str) -> Path:
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def store_bytes(content: bytes) -> str:
    """Write, fsync, rename to the sha256 name; returns that name. The row comes afterwards."""
    digest = sha256(content).hexdigest()
    path = path_of(digest)
    if path.exists() and path.stat().st_size == len(content):
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return digest


def open_stored(digest: str) -> bytes:
    """Read and check: a rotten disk is found when it is read, not by the reader of the report."""
    try:
        content = path_of(digest).read_bytes()
    except OSError as error:
        raise FileDamaged(f"{digest} is missing") from error
    if sha256(content).hexdigest() != digest:
        raise FileDamaged(f"{digest} was changed on disk")
    return content


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
