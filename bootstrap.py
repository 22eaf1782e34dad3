#!/usr/bin/env python3
"""Set up and start RiskHub with nothing but Python: `python3 bootstrap.py run|test|setup|lock`.

Everything lands beside this file: `.uv/` (the installer), `.venv/` (hashed requirements), `.native/`
(libraries and fonts for PDF where the system has none), `var/` (data). Nothing is installed into
the system, except Debian's chromium by `test` as root.
"""

import ctypes.util
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
UV_VERSION = "0.13.9"
PYTHON = (3, 11)
VENV = HERE / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
INSTALLED = VENV / ".installed"
RUN = "requirements.txt"
TEST = "requirements-test.txt"
CHROMIUM = "/usr/bin/chromium"


def say(text: str) -> None:
    print(f"setup   | {text}", flush=True)


def quiet(command: list[str | Path]) -> None:
    """Run; on failure say what it said and stop."""
    environment = dict(os.environ, UV_PYTHON_DOWNLOADS="never", PIP_DISABLE_PIP_VERSION_CHECK="1")
    environment.pop("VIRTUAL_ENV", None)
    done = subprocess.run(
        command, cwd=HERE, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nThis failed: {' '.join(map(str, command))}")


def check_python() -> None:
    if sys.version_info < PYTHON:
        sys.exit(f"RiskHub needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if os.name != "posix":
        sys.exit("RiskHub runs on Linux and macOS (on Windows: in WSL).")


def find_uv() -> Path:
    """The installer: one on PATH, or a private one."""
    private = HERE / ".uv" / "bin" / "uv"
    if private.exists():
        return private
    found = shutil.which("uv")
    if found:
        return Path(found)
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("Python's venv module is missing. Debian and Ubuntu: apt install python3-venv")
    say("getting uv, the installer")
    shutil.rmtree(HERE / ".uv", ignore_errors=True)
    quiet([sys.executable, "-m", "venv", HERE / ".uv"])
    quiet([private.with_name("pip"), "install", "--quiet", f"uv=={UV_VERSION}"])
    return private


def digest(name: str) -> str:
    content = (HERE / name).read_bytes() + sys.version.encode()
    return f"{name} {hashlib.sha256(content).hexdigest()}"


def install(name: str) -> None:
    """Bring the environment to what the lock file says, unless it is there already."""
    done = INSTALLED.read_text().splitlines() if INSTALLED.exists() else []
    if digest(name) in done and VENV_PYTHON.exists():
        return
    uv = find_uv()
    say(f"installing {name}")
    if not VENV_PYTHON.exists():
        quiet([uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV])
    INSTALLED.unlink(missing_ok=True)
    # running adds and corrects; only the test set-up, which knows every package, removes
    how = ["sync"] if name == TEST else ["install", "--requirements"]
    quiet([uv, "pip", *how, HERE / name, "--quiet", "--require-hashes", "--python", VENV_PYTHON])
    # the test environment contains everything that running needs
    names = {name, RUN}
    INSTALLED.write_text("".join(f"{digest(each)}\n" for each in sorted(names)))


def setup(name: str) -> None:
    """Python packages and native libraries, side by side."""
    native = subprocess.Popen([sys.executable, HERE / "riskhub" / "local", "fetch-native"])
    try:
        install(name)
    finally:
        native.wait()


def get_chromium() -> None:
    """The browser stories drive Debian's chromium; what drives it needs libatomic."""
    if Path(CHROMIUM).exists() and ctypes.util.find_library("atomic"):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("installing Debian's chromium for the browser stories")
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        install = ["install", "-y", "--no-install-recommends", "chromium", "libatomic1"]
        for command in (["update"], install):
            subprocess.run(
                ["apt-get", "-qq", *command],
                env=environment,
                stdout=subprocess.DEVNULL,
                check=False,
            )
    if not Path(CHROMIUM).exists():
        say(
            f"No {CHROMIUM}: the browser stories cannot run. Debian: apt install chromium libatomic1"
        )


def execute(*arguments: str | Path) -> None:
    os.chdir(HERE)
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), *map(str, arguments)])  # noqa: S606 - no shell wanted


def lock() -> None:
    """Names, versions and hashes, and no download address."""
    uv = find_uv()
    same = []  # the tests run with the versions that the product runs with
    for name in ("requirements", "requirements-test"):
        say(f"resolving {name}.in")
        quiet([
            uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header",
            "--no-emit-index-url", "--python-version", "3.11", *sys.argv[2:], *same,
            f"{name}.in", "--output-file", f"{name}.txt",
        ])  # fmt: skip
        same = ["--constraints", "requirements.txt"]


def main() -> None:
    check_python()
    os.environ.setdefault("RISKHUB_STARTED_AT", str(time.time()))
    command = sys.argv[1] if len(sys.argv) > 1 else "run"
    if command == "run":
        setup(RUN)
        execute(HERE / "riskhub" / "local", "supervise")
    elif command == "test":
        setup(TEST)
        get_chromium()
        execute("-m", "tests.checks", *sys.argv[2:])
    elif command == "setup":
        setup(TEST)
    elif command == "lock":
        lock()
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
