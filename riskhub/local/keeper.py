"""The process that owns the engines while anybody uses them.

Whoever needs the engines holds `users.lock` shared. The keeper tries to take that lock alone; when
it succeeds nobody is left, however they ended (`kill -9` too), and it stops the engines. Should the
keeper itself be killed, the engines get a shutdown signal from the kernel.
"""

import argparse
import contextlib
import os
import shutil
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from riskhub.local.engines import BOTH, Engines
from riskhub.local.errors import LocalError
from riskhub.local.folder import DataFolder
from riskhub.local.locks import Lock
from riskhub.local.postgres import remove_database_elsewhere

READY = "ready"
BUSY = "another keeper"
GLANCE = 0.1
LONGEST_PAUSE = 30.0


class Keeper:
    def __init__(self, folder: DataFolder, engines: Engines) -> None:
        self.folder = folder
        self.engines = engines
        self.is_asked_to_end = False
        self.pause = 0.0
        self.due_at = 0.0

    def run(self) -> None:
        """Until the last user is gone. Raises LocalError when an engine does not start."""
        with Lock(self.folder.users_lock) as users:
            try:
                self._start()
                _say(READY)
                while not self.is_asked_to_end and not users.take():
                    time.sleep(GLANCE)
                    self._revive()
            finally:
                self.folder.state.unlink(missing_ok=True)
                self.engines.stop()

    def end(self, _signal: int, _frame: FrameType | None) -> None:
        self.is_asked_to_end = True

    def _start(self) -> None:
        self.engines.start().write(self.folder.state)

    def _revive(self) -> None:
        dead = [engine for engine in self.engines.all if not engine.is_alive()]
        if not dead or time.monotonic() < self.due_at:
            return
        print(f"{', '.join(e.name for e in dead)} ended; starting again", file=sys.stderr)
        self.pause = min(self.pause * 2 + 0.5, LONGEST_PAUSE)
        self.due_at = time.monotonic() + self.pause
        for engine in dead:
            with contextlib.suppress(LocalError):
                engine.begin()
                engine.wait()


def _say(text: str) -> None:
    """The one answer to whoever started us; the end of the output lets them go on."""
    print(text, flush=True)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    os.close(silence)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="keeper")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", action="append", choices=BOTH)
    parser.add_argument("--fast", action="store_true", help="nothing has to survive a crash")
    parser.add_argument("--temporary", action="store_true", help="remove the folder at the end")
    asked = parser.parse_args(arguments)
    if os.fork():
        os._exit(0)
    os.setsid()
    folder = DataFolder(asked.folder).make()
    with Lock(folder.keeper_lock) as alone:
        if not alone.take(patience=2):
            _say(BUSY)
            return 0
        try:
            keeper = Keeper(folder, Engines(folder, asked.engine or BOTH, fast=asked.fast))
            signal.signal(signal.SIGTERM, keeper.end)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            keeper.run()
        except LocalError as error:
            _say(str(error))
            return 1
        finally:
            if asked.temporary:
                remove_database_elsewhere(folder)
                shutil.rmtree(folder.root, ignore_errors=True)
    return 0
