"""The long-running processes beside the engines: web, worker, beat."""

import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from riskhub.local import processes
from riskhub.local.folder import PROJECT
from riskhub.local.output import say, show

LONGEST_PAUSE = 30.0
# A program that ran this long was well; its next fault is a new one.
WELL_SECONDS = 60


@dataclass
class Program:
    """One process, started again with growing pauses when it ends unasked."""

    name: str
    argv: Sequence[str | Path]
    environ: Mapping[str, str]
    process: subprocess.Popen[str] | None = None
    output: Thread | None = None
    started_at: float = 0
    due_at: float = 0
    faults: int = field(default=0)

    def start(self) -> None:
        # Killed with the supervisor; the pool children of Celery and the workers of gunicorn
        # watch their own parent in the same way.
        self.process = processes.start(
            self.argv,
            death_signal=signal.SIGKILL,
            output=subprocess.PIPE,
            env=self.environ,
            cwd=PROJECT,
        )
        self.started_at = time.monotonic()
        self.output = show(self.name, self.process)

    def tend(self) -> None:
        now = time.monotonic()
        if self.process is None:
            if now >= self.due_at:
                self.start()
        elif self.process.poll() is not None:
            self.faults = 1 if now - self.started_at > WELL_SECONDS else self.faults + 1
            pause = min(2.0 ** (self.faults - 1), LONGEST_PAUSE)
            say(f"{self.name} ended ({self.process.returncode}); again in {pause:.0f} s")
            self.due_at = now + pause
            self.process = None

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def see_off(self, grace: float) -> None:
        if self.process:
            processes.see_off(self.process, grace=grace)
        if self.output:
            self.output.join(grace)


def programs(environ: Mapping[str, str], address: tuple[str, int], run: Path) -> list[Program]:
    host, port = address
    as_root = "ignore:You're running the worker with superuser"  # in a container that is normal
    celery: list[str | Path] = [
        sys.executable, "-W", as_root, "-m", "celery", "--quiet", "--app", "riskhub",
    ]  # fmt: skip
    web: list[str | Path] = [
        sys.executable, "-m", "gunicorn", "riskhub.wsgi:application",
        "--config", "python:riskhub.local.gunicorn", "--bind", f"{host}:{port}",
    ]  # fmt: skip
    worker: list[str | Path] = [
        *celery, "worker", "--concurrency", "2", "--prefetch-multiplier", "1",
        "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING",
    ]  # fmt: skip
    beat: list[str | Path] = [
        *celery,
        "beat",
        "--schedule",
        run / "beat",
        "--pidfile=",
        "--loglevel",
        "WARNING",
    ]
    named: dict[str, list[str | Path]] = {"web": web, "worker": worker, "beat": beat}
    return [Program(name, argv, environ) for name, argv in named.items()]
