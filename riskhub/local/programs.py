"""The long-running processes beside the engines: web, worker, beat."""

import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

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
        show(self.name, self.process)

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

    def stop(self, grace: float) -> None:
        if self.process:
            processes.stop(self.process, signal.SIGTERM, grace=grace)


def programs(environ: Mapping[str, str], address: tuple[str, int], run: Path) -> list[Program]:
    scripts = Path(sys.executable).parent
    host, port = address
    celery = [scripts / "celery", "--quiet", "--app", "riskhub"]
    web = [
        scripts / "gunicorn", "riskhub.wsgi:application",
        "--bind", f"{host}:{port}", "--worker-class", "gthread", "--workers", "1",
        "--threads", "8", "--graceful-timeout", "2", "--no-control-socket",
        "--log-level", "warning",
    ]  # fmt: skip
    worker = [
        *celery, "worker", "--concurrency", "2", "--prefetch-multiplier", "1",
        "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING",
    ]  # fmt: skip
    beat = [*celery, "beat", "--schedule", run / "beat", "--pidfile=", "--loglevel", "WARNING"]
    named = {"web": web, "worker": worker, "beat": beat}
    return [Program(name, argv, environ) for name, argv in named.items()]
