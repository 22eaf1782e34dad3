"""The render child: `python -m riskhub.reports.render FOLDER`. Never imported by the product.

It limits itself before it reads anything, dies with its parent, and is gone after one document,
because WeasyPrint does not give memory back.
"""

import ctypes
import gc
import os
import resource
import signal
import sys
from pathlib import Path

from riskhub.local.native import preload
from riskhub.reports.render.job import Limits, load_job

PR_SET_PDEATHSIG = 1


def main(folder: Path) -> None:
    die_with_parent()
    gc.disable()  # a third faster, and nothing lives longer than this process
    job = load_job(folder)
    limit(job.limits)
    preload()
    # Heavy, and it needs the native libraries: not before this line.
    from riskhub.reports.render.document import write_document  # noqa: PLC0415

    write_document(job, folder).save(folder)


def limit(limits: Limits) -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def die_with_parent() -> None:
    """Be killed when the parent is, even by `kill -9`. Linux only; elsewhere the limits do it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.environ.get("RENDER_PARENT", str(os.getppid())) != str(os.getppid()):
            sys.exit("The parent is gone.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
