"""Using the embedded engines of a data folder: those that run, or started for as long as needed."""

import subprocess
import sys
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from riskhub.local.engines import BOTH, Addresses
from riskhub.local.errors import LocalError
from riskhub.local.folder import DataFolder
from riskhub.local.keeper import BUSY, READY
from riskhub.local.locks import Lock
from riskhub.local.logfiles import open_log

PATIENCE = 90


@dataclass
class Attachment:
    """While it is open (at most as long as this process lives) the engines run."""

    folder: DataFolder
    wanted: Collection[str] = BOTH
    fast: bool = False
    temporary: bool = False

    def open(self) -> Addresses:
        self.folder.make()
        self._users = Lock(self.folder.users_lock)
        self._users.share()  # waits while a keeper is stopping the engines
        return self.ensure()

    def ensure(self) -> Addresses:
        """Start a keeper if none runs; wait until the engines answer."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if not self.folder.users_lock.exists():
                raise LocalError(f"The data folder {self.folder.root} is gone.")
            if not self._is_kept():
                self._start_keeper()
            found = Addresses.read(self.folder.state)
            if found and self._is_kept():
                return found
            time.sleep(0.02)
        raise LocalError(f"The embedded engines in {self.folder.root} do not answer.")

    def close(self) -> None:
        self._users.close()

    def wait_until_stopped(self, patience: float) -> bool:
        """Whether the engines ended within `patience` seconds (others may still use them)."""
        deadline = time.monotonic() + patience
        while self._is_kept():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def _is_kept(self) -> bool:
        try:
            keeper = Lock(self.folder.keeper_lock)
        except FileNotFoundError:  # a temporary folder goes with its keeper
            return False
        with keeper:
            return keeper.is_taken()

    def _start_keeper(self) -> None:
        """It says one thing and goes to the background: it outlives us if others need it."""
        options = [f"--engine={name}" for name in self.wanted]
        options += ["--fast"] * self.fast + ["--temporary"] * self.temporary
        package = Path(__file__).parent
        with open_log(self.folder.logs / "keeper.log") as log:
            keeper = subprocess.run(
                [sys.executable, "-E", package, "keep", self.folder.root, *options],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                check=False,
            )
        said = keeper.stdout.strip()
        if said not in {READY, BUSY}:
            raise LocalError(said or f"The engines' keeper failed; see {log.name}.")
