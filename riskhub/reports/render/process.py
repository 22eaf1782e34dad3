"""Render HTML to PDF in a fresh child process with limits on memory, processor and time."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from riskhub.reports.render.job import Job, load_result, pdf_path

PROJECT = Path(__file__).resolve().parents[3]
# No address of a database, no secret: the child gets what fonts and libraries need.
KEPT_VARIABLES = (
    "DYLD_FALLBACK_LIBRARY_PATH",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "FONTCONFIG_SYSROOT",
    "HOME",
    "LD_LIBRARY_PATH",
    "PATH",
    "RISKHUB_DATA",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "XDG_DATA_DIRS",
)


class RenderError(Exception):
    """The child made no PDF; the message says why."""


@dataclass(frozen=True, slots=True)
class Rendered:
    pages: int
    size: int
    sha256: str
    seconds: float
    warnings: tuple[str, ...]


def render_pdf(job: Job, out: Path) -> Rendered:
    """Write the PDF to `out`, or raise RenderError and write nothing.

    Equal jobs give equal bytes, whenever and wherever they run with the same fonts.
    """
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="riskhub-render-") as name:
        folder = Path(name)
        job.save(folder)
        _run_child(job, folder)
        result = load_result(folder)
        content = pdf_path(folder).read_bytes()
        shutil.move(pdf_path(folder), out)
    return Rendered(
        pages=result.pages,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        seconds=time.monotonic() - started,
        warnings=result.warnings,
    )


def _run_child(job: Job, folder: Path) -> None:
    with (folder / "stderr").open("wb") as stderr:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-m", "riskhub.reports.render", str(folder)],
            cwd=PROJECT,
            env=_environment(job),
            stdin=subprocess.DEVNULL,
            stdout=stderr,
            stderr=stderr,
            start_new_session=True,
        )
        try:
            code = child.wait(job.limits.wall_seconds)
        except subprocess.TimeoutExpired as error:
            raise RenderError(f"No PDF after {job.limits.wall_seconds} s.") from error
        finally:
            _end(child)
    if code:
        raise RenderError(_why(code, (folder / "stderr").read_text("utf-8", "replace")))


def _environment(job: Job) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return kept | {
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "RENDER_PARENT": str(os.getpid()),
        "SOURCE_DATE_EPOCH": str(int(job.moment.timestamp())),
        "TZ": "UTC",
    }


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _why(code: int, stderr: str) -> str:
    last = stderr.strip().rsplit("\n", 1)[-1][:300]
    match -code:
        case signal.SIGSEGV | signal.SIGABRT:
            return "The text engine crashed: no usable font, or a broken library."
        case signal.SIGXCPU:
            return "The processor limit is used up."
        case signal.SIGXFSZ:
            return "The file grew over its limit."
        case signal.SIGKILL:
            return "Killed: the processor limit, or the machine has no memory left."
    if "MemoryError" in stderr:
        return "The memory limit is used up."
    return last or f"The render process ended with code {code}."
