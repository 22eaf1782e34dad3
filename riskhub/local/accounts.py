"""PostgreSQL refuses to run as root: the account that it is given instead."""

import functools
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOBODY = 65534
_USER_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")


@dataclass(frozen=True)
class Account:
    """How to start a program: inside a user namespace (`prefix`) or as another user (`uid`)."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None

    def identity(self) -> dict[str, Any]:
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.uid, "extra_groups": []}

    @property
    def owner(self) -> int:
        """Whom its files must belong to, seen from here."""
        return os.geteuid() if self.uid is None else self.uid

    def can_reach(self, path: Path) -> bool:
        """Whether the account may enter the path's folders (others' execute bit on each)."""
        if self.uid is None:
            return True
        existing = next(p for p in (path, *path.parents) if p.exists())
        return all(p.stat().st_mode & 0o001 for p in (existing, *existing.parents) if p.is_dir())


@functools.cache
def postgres_account() -> Account:
    if os.geteuid() != 0:
        return Account()
    if sys.platform == "linux" and not os.environ.get("RISKHUB_NO_USER_NAMESPACE"):
        unshare = shutil.which("unshare")
        if unshare:
            tried = subprocess.run(
                [*_USER_NAMESPACE, "true"], stderr=subprocess.DEVNULL, check=False
            )
            if tried.returncode == 0:
                return Account(prefix=(unshare, *_USER_NAMESPACE[1:]))
    return Account(uid=NOBODY)
