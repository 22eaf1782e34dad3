"""One command: engines, preparation, then web, worker and beat until somebody says stop."""

import io
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from types import FrameType

from riskhub.local import processes
from riskhub.local.attach import Attachment
from riskhub.local.environment import complete, unstarted, wanted_engines
from riskhub.local.errors import LocalError
from riskhub.local.folder import PROJECT, DataFolder, data_folder
from riskhub.local.keys import kept_secret
from riskhub.local.locks import Lock
from riskhub.local.output import elapsed, say, show
from riskhub.local.programs import Program, programs

GLANCE = 0.1
HOST = "127.0.0.1"
STOP_SECONDS = 3.0
ENGINES_SECONDS = 8.0
SLOW_SECONDS = 60


class Stopped(Exception):  # noqa: N818 - not an error
    """Somebody said stop before everything ran."""


class Supervisor:
    def __init__(self, folder: DataFolder, port: int) -> None:
        self.folder = folder
        self.port = port
        self.url = f"http://{HOST}:{port}/"
        self.is_asked_to_stop = False
        self.attachment: Attachment | None = None
        self.environ = dict(os.environ, PYTHONUNBUFFERED="1")
        self.programs: list[Program] = []
        self.is_ready = False

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._hear)
        self._check_port()
        try:
            self._open_engines()
            self._prepare()
            self.programs = programs(self.environ, (HOST, self.port), self.folder.run)
            self._watch()
        except Stopped:
            pass
        finally:
            self._stop()

    def _hear(self, _signal: int, _frame: FrameType | None) -> None:
        self.is_asked_to_stop = True

    def _check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, self.port))
            except OverflowError:
                raise LocalError("PORT must be between 1 and 65535.") from None
            except OSError as error:
                raise LocalError(
                    f"Port {self.port} is not free ({error.strerror}). "
                    f"Choose another one:  make run PORT={self.port + 1}"
                ) from None

    def _open_engines(self) -> None:
        found = unstarted(self.folder)
        wanted = wanted_engines(self.environ)
        if wanted:
            self.attachment = Attachment(self.folder, wanted)
            found = self.attachment.open()
            say(f"{' and '.join(wanted)} up after {elapsed():.1f} s")
        complete(self.environ, self.folder, found)
        self.environ.setdefault("PUBLIC_URL", self.url)
        is_demo = self.environ.get("DEMO", "1") != "0" and self.environ["RISKHUB_MODE"] == "local"
        self.environ["RISKHUB_DEMO"] = "1" if is_demo else "0"
        if is_demo and not self.environ.get("RISKHUB_DEMO_PASSWORD"):
            kept = kept_secret(self.folder.root / "demo_password", 12)
            self.environ["RISKHUB_DEMO_PASSWORD"] = kept

    def _prepare(self) -> None:
        """Everything that needs the application loaded, in one process."""
        process = processes.start(
            [sys.executable, "-m", "riskhub.local.prepare"],
            death_signal=signal.SIGKILL,
            output=subprocess.PIPE,
            env=self.environ,
            cwd=PROJECT,
        )
        copying = show("setup", process)
        while process.poll() is None:
            if self.is_asked_to_stop:
                processes.stop(process, signal.SIGTERM, grace=STOP_SECONDS)
                raise Stopped
            time.sleep(GLANCE / 4)
        copying.join(1)
        if process.returncode:
            raise LocalError("The preparation failed; the lines above say why.")

    def _watch(self) -> None:
        slow_at = time.monotonic() + SLOW_SECONDS
        while not self.is_asked_to_stop:
            for program in self.programs:
                program.tend()
            if self.attachment:
                self.attachment.ensure()
            if not self.is_ready and self._answers():
                self.is_ready = True
                self._announce()
            elif not self.is_ready and time.monotonic() > slow_at:
                say(f"Still no answer at {self.url}healthz after {elapsed():.0f} s.")
                slow_at += SLOW_SECONDS
            time.sleep(GLANCE)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}healthz", timeout=2) as answer:  # noqa: S310 - our own address
                return bool(answer.status == HTTPStatus.OK)
        except urllib.error.HTTPError as error:  # behind a proxy only its host name is served
            return error.code == HTTPStatus.BAD_REQUEST
        except (OSError, ValueError):
            return False

    def _announce(self) -> None:
        for name in ("demo.txt", "first_user.txt"):
            told = self.folder.root / name
            if told.exists():
                say(told.read_text("utf-8").rstrip().replace("{url}", self.url))
        say(f"READY {self.url} after {elapsed():.1f} s. Ctrl-C stops.")

    def _stop(self) -> None:
        if self.programs:
            say("stopping")
        for program in self.programs:
            program.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        for program in self.programs:
            program.see_off(max(0.0, deadline - time.monotonic()))
        if self.attachment:
            self.attachment.close()
            if not self.attachment.wait_until_stopped(ENGINES_SECONDS):
                say("The engines go on: another command uses them.")
        say("stopped")


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit():
        raise LocalError(f"PORT must be a number, not {text!r}.")
    return int(text)


def _supervise(folder: DataFolder) -> None:
    with Lock(folder.supervisor_lock) as lock:
        address = folder.run / "address"
        if not lock.take():
            where = address.read_text().strip() if address.exists() else "starting"
            raise LocalError(f"RiskHub already runs in this folder ({where}).")
        supervisor = Supervisor(folder, _port())
        address.write_text(f"{supervisor.url}\n")
        try:
            supervisor.run()
        finally:
            address.unlink(missing_ok=True)


def main() -> int:
    if "MAKELEVEL" in os.environ:  # whoever kills make means us
        processes.die_with_parent(signal.SIGTERM)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # Chinese on a terminal that cannot
    try:
        _supervise(data_folder().make())
    except LocalError as error:
        say(str(error))
        return 1
    return 0
