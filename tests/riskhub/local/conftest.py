import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from riskhub.local.folder import PROJECT, DataFolder
from riskhub.local.postgres import remove_database_elsewhere

LOCAL = PROJECT / "riskhub" / "local"


class Machine:
    """A data folder of its own, commands in it, and a look at what they leave running."""

    def __init__(self, root):
        self.root = root
        self.folder = DataFolder(root)
        self.started = []

    def environ(self, **more):
        taken = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "RISKHUB_MODE"}
        kept = {name: value for name, value in os.environ.items() if name not in taken}
        return kept | {"RISKHUB_DATA": str(self.root), "PYTHONPATH": str(PROJECT), **more}

    def start(self, *arguments, **more):
        process = subprocess.Popen(
            [sys.executable, *arguments],
            env=self.environ(**more),
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def use_engines(self, then="input()", **more):
        """A process that holds the engines, says "up" and ends when its input is closed."""
        process = self.start("-c", USER.format(then=then), **more)
        said = process.stdout.readline()
        assert said == "up\n", said + process.stdout.read()
        return process

    def running(self):
        """Every process that works in the data folder, by its command line or environment."""
        mark = os.fsencode(self.root)
        found = {}
        for proc in Path("/proc").glob("[0-9]*"):
            try:
                command = (proc / "cmdline").read_bytes()
                if command and mark in command + (proc / "environ").read_bytes():
                    found[int(proc.name)] = command.replace(b"\0", b" ").decode()
            except OSError:
                continue
        return found

    def wait_until_nothing_runs(self, seconds=3):
        deadline = time.monotonic() + seconds
        while (running := self.running()) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert running == {}

    def pid_of(self, part):
        return next(pid for pid, command in self.running().items() if part in command)

    def end(self):
        for process in self.started:
            process.kill()
            process.stdin.close()
            process.stdout.close()
            process.wait()
        deadline = time.monotonic() + 5
        while self.running() and time.monotonic() < deadline:
            time.sleep(0.02)
        for pid in self.running():
            os.kill(pid, signal.SIGKILL)
        remove_database_elsewhere(self.folder)


USER = """
from riskhub.local.commands import attached
import os, time
with attached(["manage.py", "migrate"]):
    print("up", flush=True)
    {then}
"""


@pytest.fixture
def machine(tmp_path):
    made = Machine(tmp_path / "data")
    yield made
    made.end()
