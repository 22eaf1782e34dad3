"""What the supervisor and its processes say, each line with the name of its source."""

import os
import subprocess
import sys
import threading
import time

# bootstrap.py says when it began: setting up is part of starting
_STARTED = float(os.environ.get("RISKHUB_STARTED_AT") or time.time())
_WIDTH = 8


def say(text: str) -> None:
    for line in text.splitlines() or [""]:
        _write("riskhub", line)


def elapsed() -> float:
    return time.time() - _STARTED


def show(name: str, process: subprocess.Popen[str]) -> threading.Thread:
    """Copy the process's output until it ends, then close it."""

    def copy() -> None:
        if process.stdout:
            with process.stdout as lines:
                for line in lines:
                    _write(name, line.rstrip("\n"))

    thread = threading.Thread(target=copy, daemon=True)
    thread.start()
    return thread


def _write(name: str, line: str) -> None:
    # one write, so that lines of two sources do not mix
    try:
        sys.stdout.write(f"{name:<{_WIDTH}}| {line}\n")
        sys.stdout.flush()
    except OSError:  # the reader is gone (`| head`): go on silently, the programs must not block
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
