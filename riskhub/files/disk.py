"""Files in a folder of this machine: each written, synced and renamed, so that it is whole or not there."""

import os
import tempfile
from pathlib import Path

from django.conf import settings


class Disk:
    """By the names that `riskhub.files.store` gives; FileNotFoundError where one is missing."""

    def put(self, name: str, content: bytes) -> None:
        path = _path(name)
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

    def get(self, name: str) -> bytes:
        return _path(name).read_bytes()

    def size(self, name: str) -> int:
        return _path(name).stat().st_size

    def fault(self) -> str:
        """Why nothing can be kept now, for /readyz; empty where it can."""
        folder = Path(settings.MEDIA_ROOT)
        there = next(each for each in (folder, *folder.parents) if each.exists())
        return "" if os.access(there, os.W_OK) else "The folder of files cannot be written."


def _path(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
