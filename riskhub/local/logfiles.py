"""Log files of the embedded engines: appended to, and turned over when long."""

from pathlib import Path
from typing import IO

LONGEST = 10_000_000
LINES_SHOWN = 15


def open_log(path: Path) -> IO[bytes]:
    if path.exists() and path.stat().st_size > LONGEST:
        path.replace(path.with_suffix(".old.log"))
    return path.open("ab")


def tail(path: Path) -> str:
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-LINES_SHOWN:])
    except OSError:
        return ""
