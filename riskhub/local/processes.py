"""Child processes that cannot outlive the process that started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from riskhub.local.accounts import Account

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def _bind_to(parent: int, death_signal: int) -> Callable[[], None]:
    def bind() -> None:
        if _LIBC is None:
            return
        _LIBC.prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:  # it died between fork and prctl
            os._exit(1)

    return bind


def die_with_parent(death_signal: int = signal.SIGKILL) -> None:
    """Called in a child that is already running, for one that somebody else forked."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, death_signal)


def start(
    argv: Sequence[str | Path],
    *,
    death_signal: int,
    output: int | IO[Any],
    env: Mapping[str, str] | None = None,
    account: Account | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[str]:
    """Start in a session of its own. `death_signal` is sent when this process dies (Linux)."""
    if threading.current_thread() is not threading.main_thread():
        # the kernel sends the signal when the *thread* that forked ends
        raise RuntimeError("Children are started from the main thread.")
    account = account or Account()
    return subprocess.Popen(
        [*account.prefix, *map(str, argv)],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=env,
        cwd=cwd,
        start_new_session=True,
        preexec_fn=_bind_to(os.getpid(), death_signal),  # noqa: PLW1509 - prctl has no other place
        **account.identity(),
    )


def stop(process: subprocess.Popen[str], stop_signal: signal.Signals, *, grace: float) -> None:
    """Ask, then see to it."""
    if process.poll() is None:
        process.send_signal(stop_signal)
    see_off(process, grace=grace)


def see_off(process: subprocess.Popen[str], *, grace: float) -> None:
    """Wait `grace` seconds, then end what is left of its process group."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(grace)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
