"""Life cycle of the embedded PostgreSQL. Only the programs come from the wheel."""

import contextlib
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

from riskhub.local import processes
from riskhub.local.accounts import postgres_account
from riskhub.local.binaries import postgres_programs
from riskhub.local.errors import LocalError
from riskhub.local.folder import DataFolder, socket_folder
from riskhub.local.logfiles import open_log, tail
from riskhub.local.roles import DATABASE, OWNER, RUNTIME, create_runtime_role, default_grants

PORT = 5432
_ELSEWHERE = Path("/var/lib")
START_SECONDS = 60
STOP_SECONDS = 20

# A small company on one machine: few connections, no helpers that idle in memory.
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "60",
    "shared_buffers": "96MB",
    "effective_cache_size": "512MB",
    "max_wal_size": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "autovacuum_max_workers": "2",
    "max_worker_processes": "4",
    "max_parallel_workers": "2",
    "io_method": "sync",
    "log_checkpoints": "off",
}
# Tests: nothing has to survive.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class Postgres:
    name = "PostgreSQL"

    def __init__(self, folder: DataFolder, *, fast: bool = False) -> None:
        self.account = postgres_account()
        self.home = _home(folder)
        self.data = self.home / "postgres"
        self.log = folder.logs / "postgres.log"
        self.settings = SETTINGS | (FAST if fast else {})
        self.token = folder.token()
        self.fast = fast
        self.programs = self._reachable_programs()
        self.process: subprocess.Popen[str] | None = None

    @property
    def sockets(self) -> Path:
        return socket_folder(self.home, self.token, self.account.uid)

    def begin(self) -> None:
        """Launch; `wait` says when it answers."""
        if not (self.data / "PG_VERSION").exists():
            self._create()
        self._check_version()
        self._own()
        self._clear_stale_pid()
        arguments = [f"--{name}={value}" for name, value in self.settings.items()]
        arguments.append(f'--unix_socket_directories="{self.sockets}"')
        with open_log(self.log) as output:
            self.process = processes.start(
                [self.programs / "postgres", "-D", self.data, *arguments],
                death_signal=signal.SIGINT,  # fast shutdown
                output=output,
                account=self.account,
                cwd=self.home,
            )

    def wait(self) -> None:
        """PostgreSQL itself writes "ready" into its pid file once it takes connections."""
        assert self.process is not None  # noqa: S101 - begin() was called
        deadline = time.monotonic() + START_SECONDS
        while self._status() != (str(self.process.pid), "ready"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise LocalError(f"PostgreSQL did not start. {self.log} ends:\n{tail(self.log)}")
            time.sleep(0.01)

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process is not None:
            sign = signal.SIGQUIT if self.fast else signal.SIGINT
            processes.stop(self.process, sign, grace=STOP_SECONDS)

    def _status(self) -> tuple[str, str]:
        with contextlib.suppress(OSError, IndexError):
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return lines[0].strip(), lines[7].strip()
        return "", ""

    def _create(self) -> None:
        """Make the cluster with both roles and the database, whole or not at all."""
        making = self.data.with_name("postgres.making")
        shutil.rmtree(making, ignore_errors=True)
        self._make_home()
        sync = ["--no-sync"] if self.fast else []
        self._run(
            "initdb", "-D", making, "-U", OWNER, "-A", "trust", "-E", "UTF8",
            "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions", *sync,
        )  # fmt: skip
        statements = [
            create_runtime_role(),
            *default_grants(owner=OWNER, runtime=RUNTIME),
            f"CREATE DATABASE {DATABASE} STRATEGY file_copy",
        ]
        single: list[str | Path] = [
            "--single",
            "-c",
            "log_checkpoints=off",
            "-D",
            making,
            "template1",
        ]
        output = self._run("postgres", *single, sent="".join(f"{line};\n" for line in statements))
        if re.search(r"\b(ERROR|FATAL|PANIC):", output):
            raise LocalError(f"PostgreSQL's roles could not be made:\n{output}")
        making.rename(self.data)

    def _run(self, program: str, *arguments: str | Path, sent: str = "") -> str:
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [*self.account.prefix, self.programs / program, *arguments],
            input=sent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd=self.home,
            **self.account.identity(),
        )
        if done.returncode:
            raise LocalError(f"{program} failed:\n{done.stdout}")
        return done.stdout

    def _check_version(self) -> None:
        data = (self.data / "PG_VERSION").read_text().strip()
        version = self._run("postgres", "--version")
        programs = version.split()[-1].partition(".")[0]
        if data != programs:
            raise LocalError(_RECIPE.format(data=data, programs=programs, folder=self.data))

    def _clear_stale_pid(self) -> None:
        """After a crash the lock files may name a process that is a zombie or somebody else's.

        The keeper's lock is ours, so no server of this folder is meant to run; one that is
        still shutting down is waited for.
        """
        deadline = time.monotonic() + STOP_SECONDS
        path = self.data / "postmaster.pid"
        while path.exists():
            pid = path.read_text().partition("\n")[0].strip()
            if not self._is_our_server(pid):
                path.unlink(missing_ok=True)
            elif time.monotonic() > deadline:
                raise LocalError(f"PostgreSQL process {pid} still uses {self.data}; end it first.")
            else:
                time.sleep(0.05)
        for left in self.sockets.glob(".s.PGSQL.*"):
            left.unlink()

    def _is_our_server(self, pid: str) -> bool:
        proc = Path("/proc") / pid
        if not Path("/proc/self").exists():  # no /proc (macOS): PostgreSQL checks by itself
            return pid.isdigit() and _exists(int(pid))
        try:
            command = (proc / "cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return b"postgres" in command[0] and os.fsencode(self.data) in command

    def _make_home(self) -> None:
        self.home.mkdir(mode=0o755, parents=True, exist_ok=True)
        if self.account.uid is not None:
            os.chown(self.home, self.account.uid, -1)

    def _own(self) -> None:
        """Files made under another account (a container with other rights) are taken over."""
        if os.geteuid() != 0 or self.data.stat().st_uid == self.account.owner:
            return
        for path in (self.data, *self.data.rglob("*")):
            os.chown(path, self.account.owner, -1, follow_symlinks=False)

    def _reachable_programs(self) -> Path:
        """The wheel's programs, or a copy that the account may read."""
        programs = postgres_programs()
        if self.account.can_reach(programs):
            return programs
        package = programs.parents[1]
        copy = self.home / "programs" / f"{package.stat().st_mtime_ns}"
        if not copy.exists():
            self._make_home()
            shutil.rmtree(copy.parent, ignore_errors=True)
            making = copy.with_name("making")
            for source in (programs.parent, package.with_name(f"{package.name}.libs")):
                target = making / source.relative_to(package.parent)
                shutil.copytree(source, target, symlinks=True)
            making.rename(copy)
        return copy / programs.relative_to(package.parent)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _home(folder: DataFolder) -> Path:
    """The data folder, unless PostgreSQL's account cannot get there: then a place of its own.

    That place bears a random name, kept in the data folder: whoever deletes the data folder and
    begins again at the same path gets an empty database, not the former one.
    """
    account = postgres_account()
    found = _chosen_before(folder) or folder.root
    if _holds_cluster(found) and account.can_reach(found):
        return found
    if account.can_reach(folder.root):
        wanted = folder.root
    elif found != folder.root:
        wanted = found  # chosen before, but nothing was made there
    else:
        wanted = _ELSEWHERE / f"riskhub-{secrets.token_hex(6)}"
    wanted.mkdir(mode=0o755, parents=True, exist_ok=True)
    if wanted != folder.root:
        folder.postgres_pointer.write_text(f"{wanted}\n")
        (wanted / "BELONGS_TO").write_text(f"{folder.root}\n")
    if wanted != found and _holds_cluster(found):
        shutil.move(found / "postgres", wanted / "postgres")
    return wanted


def remove_database_elsewhere(folder: DataFolder) -> None:
    """What a data folder that is thrown away would leave behind outside itself."""
    if home := _chosen_before(folder):
        shutil.rmtree(home, ignore_errors=True)


def _chosen_before(folder: DataFolder) -> Path | None:
    pointer = folder.postgres_pointer
    return Path(pointer.read_text().strip()) if pointer.exists() else None


def _holds_cluster(home: Path) -> bool:
    return (home / "postgres" / "PG_VERSION").exists()


_RECIPE = """\
The database in {folder} is PostgreSQL {data}; this installation brings PostgreSQL {programs}.
Nothing was changed. To move the data (once), with programs of both versions at hand:
  1. with the former installation:  make run, then
     .venv/bin/python manage.py backup   (or pg_dumpall -h SOCKETS -U riskhub_owner > all.sql)
  2. stop it and move {folder} away
  3. with this installation:  make run DEMO=0, then
     .venv/bin/python manage.py restore  (or psql -h SOCKETS -U riskhub_owner -f all.sql postgres)
SOCKETS is the folder named "postgres" in run/engines.json while the product runs."""
