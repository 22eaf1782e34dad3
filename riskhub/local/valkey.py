"""Life cycle of the embedded Valkey: the broker, which holds hints and never the only copy."""

import contextlib
import signal
import socket
import subprocess
import time
from pathlib import Path

from riskhub.local import processes
from riskhub.local.binaries import valkey_program
from riskhub.local.errors import LocalError
from riskhub.local.folder import DataFolder, socket_folder
from riskhub.local.logfiles import open_log, tail

START_SECONDS = 30
STOP_SECONDS = 5


class Valkey:
    name = "Valkey"

    def __init__(self, folder: DataFolder, *, fast: bool = False) -> None:
        self.data = folder.valkey
        self.log = folder.logs / "valkey.log"
        self.sockets = socket_folder(folder.run, f"{folder.token()}-v")
        self.socket = self.sockets / "valkey.sock"
        self.append_only = "no" if fast else "yes"
        self.process: subprocess.Popen[str] | None = None

    def begin(self) -> None:
        """Launch; `wait` says when it answers."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        program = valkey_program()
        self._check_version(program)
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": self.append_only,
            "appendfsync": "everysec",
            "save": "",
            "maxmemory": "128mb",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        arguments = [part for name, value in settings.items() for part in (f"--{name}", value)]
        with open_log(self.log) as output:
            self.process = processes.start(
                [program, *arguments], death_signal=signal.SIGTERM, output=output, cwd=self.data
            )

    def wait(self) -> None:
        assert self.process is not None  # noqa: S101 - begin() was called
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise LocalError(f"Valkey did not start. {self.log} ends:\n{tail(self.log)}")
            time.sleep(0.01)

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process is not None:
            processes.stop(self.process, signal.SIGTERM, grace=STOP_SECONDS)

    def _answers(self) -> bool:
        """An older server's socket may linger; while the append-only file is read it is LOADING."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            client.connect(str(self.socket))
            client.sendall(b"PING\r\n")
            return client.recv(5) == b"+PONG"
        return False

    def _check_version(self, program: Path) -> None:
        """Another engine may read the append-only folder as empty and then overwrite it."""
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
        version = said.stdout.partition(" v=")[2].partition(".")[0]
        engine = f"valkey {version}"
        mark = self.data / "ENGINE"
        if not mark.exists():
            if any(self.data.iterdir()):
                raise LocalError(_UNKNOWN.format(folder=self.data))
            mark.write_text(f"{engine}\n")
        found = mark.read_text().strip()
        if found != engine:
            raise LocalError(_RECIPE.format(folder=self.data, found=found, engine=engine))


_RECIPE = """\
The broker's files in {folder} were written by {found}; this installation brings {engine}.
Nothing was changed. The broker holds hints only, all work is in the database, so:
  mv {folder} {folder}.old
and start again: the next sweep finds everything that is owed."""
_UNKNOWN = """\
{folder} holds files but no file ENGINE that says who wrote them. Nothing was changed.
The broker holds hints only, all work is in the database: move the folder away, start again."""
