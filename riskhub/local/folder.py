"""The data folder: where the embedded engines, their sockets, locks and logs are."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from riskhub.local.errors import LocalError

PROJECT = Path(__file__).resolve().parents[2]
# sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included.
SOCKET_PATH_LIMIT = 103
LONGEST_SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class DataFolder:
    root: Path

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def postgres_pointer(self) -> Path:
        """Names the database's folder where it cannot be inside the data folder."""
        return self.root / "POSTGRES_IS_AT"

    @property
    def valkey(self) -> Path:
        return self.root / "valkey"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def state(self) -> Path:
        """Written by the keeper while both engines answer."""
        return self.run / "engines.json"

    @property
    def keeper_lock(self) -> Path:
        return self.run / "keeper.lock"

    @property
    def users_lock(self) -> Path:
        """Held shared by every process that needs the engines."""
        return self.run / "users.lock"

    @property
    def supervisor_lock(self) -> Path:
        return self.run / "supervisor.lock"

    def make(self) -> "DataFolder":
        for path in (self.root, self.logs, self.run):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self

    def token(self) -> str:
        """Distinguishes this data folder in a place shared with others."""
        return hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]


def data_folder() -> DataFolder:
    return DataFolder(Path(os.environ.get("RISKHUB_DATA") or PROJECT / "var").resolve())


def socket_folder(base: Path, token: str, uid: int | None = None) -> Path:
    """A folder only `uid` (default: we) may enter, short enough for a socket's path."""
    short = f"riskhub-{token}"
    candidates = (base / "sockets", Path(tempfile.gettempdir()) / short, Path("/tmp") / short)  # noqa: S108 - made private below
    path = next(
        (p for p in candidates if len(os.fsencode(p / LONGEST_SOCKET_NAME)) <= SOCKET_PATH_LIMIT),
        candidates[-1],
    )
    owner = os.geteuid() if uid is None else uid
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if os.geteuid() == 0 and found.st_uid in {0, owner} and stat.S_ISDIR(found.st_mode):
        os.chown(path, owner, -1)
    elif found.st_uid != owner or not stat.S_ISDIR(found.st_mode):
        raise LocalError(f"{path} belongs to somebody else; set TMPDIR to a folder of your own.")
    path.chmod(0o700)
    return path
