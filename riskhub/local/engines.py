"""Both embedded engines together, and how to reach them."""

import contextlib
import json
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from riskhub.local.folder import DataFolder
from riskhub.local.postgres import PORT, Postgres
from riskhub.local.roles import DATABASE, OWNER, RUNTIME
from riskhub.local.valkey import Valkey

POSTGRES = "postgres"
VALKEY = "valkey"
BOTH = (POSTGRES, VALKEY)


@dataclass(frozen=True)
class Addresses:
    """Where the engines listen; None for one that is not embedded here."""

    postgres: Path | None
    valkey: Path | None

    def environment(self) -> dict[str, str]:
        found = {}
        if self.postgres:
            found["DATABASE_URL"] = database_url(self.postgres, RUNTIME)
            found["DATABASE_OWNER_URL"] = database_url(self.postgres, OWNER)
        if self.valkey:
            found["REDIS_URL"] = f"redis+socket://{quote(str(self.valkey))}"
        return found

    def write(self, path: Path) -> None:
        named = {POSTGRES: self.postgres, VALKEY: self.valkey}
        making = path.with_suffix(".making")
        making.write_text(json.dumps({name: str(p) for name, p in named.items() if p}))
        making.replace(path)

    @classmethod
    def read(cls, path: Path) -> "Addresses | None":
        with contextlib.suppress(OSError, ValueError):
            named = {name: Path(text) for name, text in json.loads(path.read_text()).items()}
            return cls(named.get(POSTGRES), named.get(VALKEY))
        return None


def database_url(sockets: Path, role: str, database: str = DATABASE) -> str:
    return f"postgresql://{role}@/{database}?host={quote(str(sockets))}&port={PORT}"


class Engines:
    def __init__(
        self, folder: DataFolder, wanted: Collection[str] = BOTH, *, fast: bool = False
    ) -> None:
        self.postgres = Postgres(folder, fast=fast) if POSTGRES in wanted else None
        self.valkey = Valkey(folder, fast=fast) if VALKEY in wanted else None
        self.all: list[Postgres | Valkey] = [e for e in (self.postgres, self.valkey) if e]

    def start(self) -> Addresses:
        for engine in self.all:
            engine.begin()
        for engine in self.all:
            engine.wait()
        return Addresses(
            self.postgres.sockets if self.postgres else None,
            self.valkey.socket if self.valkey else None,
        )

    def stop(self) -> None:
        """The broker first: nothing reads it that the database does not know."""
        for engine in reversed(self.all):
            engine.stop()
        for folder in {engine.sockets for engine in self.all}:  # may be outside the data folder
            shutil.rmtree(folder, ignore_errors=True)
