"""Secrets of a local installation: made once, kept in the data folder, readable by nobody else."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path, length: int = 50) -> str:
    """The secret in `path`; two processes that make it at once agree on one."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        making = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"{secrets.token_urlsafe(length)[:length]}\n")
        try:
            os.link(making, path)
        except FileExistsError:
            pass
        finally:
            making.unlink()
    return path.read_text().strip()
