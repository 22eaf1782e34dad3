"""Files in a folder of this machine: each written, synced and renamed, so that it is whole or not there."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from riskhub.files.kept import Kept


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

    def look(self, name: str) -> Kept:
        found = _path(name).stat()
        return Kept(found.st_size, _moment(found))

    def remove(self, name: str) -> None:
        _path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, datetime]]:
        root = Path(settings.MEDIA_ROOT)
        for path in root.glob("*/*"):
            with suppress(
                FileNotFoundError
            ):  # a file that is just being written has another name soon
                yield path.relative_to(root).as_posix(), _moment(path.stat())

    def fault(self) -> str:
        """Why nothing can be kept now, for /readyz; empty where it can."""
        folder = Path(settings.MEDIA_ROOT)
        there = next(each for each in (folder, *folder.parents) if each.exists())
        return "" if os.access(there, os.W_OK) else "The folder of files cannot be written."


def _path(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def _moment(found: os.stat_result) -> datetime:
    return datetime.fromtimestamp(found.st_mtime, UTC)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
