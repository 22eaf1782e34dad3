"""Whether a step's inputs are the ones it last ran with."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class Stamp:
    def __init__(self, path: Path, inputs: Iterable[Path]) -> None:
        self.path = path
        self.digest = _digest(inputs)

    def is_fresh(self) -> bool:
        return self.path.exists() and self.path.read_text() == self.digest

    def put(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.digest)


def _digest(inputs: Iterable[Path]) -> str:
    """By name, size and time of change: reading everything would take longer than the step."""
    digest = hashlib.sha256()
    for path in sorted(inputs):
        found = path.stat()
        digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
