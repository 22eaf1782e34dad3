"""`make bench`: figures for 100,000 risks in a database of its own, thrown away at the end.

Every figure stands beside something measured in the same run on the same machine, so that the ratio
means something elsewhere too. It always ends: after LIMIT seconds it stops where it is.

    python -m tests.benchmarks [--risks 100000] [--only public_form queue]
"""

import argparse
import os
import signal
import tempfile
from pathlib import Path

from riskhub.local.attach import Attachment
from riskhub.local.folder import DataFolder

LIMIT = 900


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--risks", type=int, default=100_000)
    parser.add_argument("--only", nargs="*", default=(), help="parts by their name in course.py")
    asked = parser.parse_args()
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LIMIT)
    root = Path(tempfile.mkdtemp(prefix="riskhub-bench-"))
    attachment = Attachment(DataFolder(root), temporary=True)
    try:
        prepare(attachment, root)
        from tests.benchmarks.course import run  # noqa: PLC0415 - needs settings

        run(asked.risks, root, asked.only)
    finally:
        signal.alarm(0)
        attachment.close()
        attachment.wait_until_stopped(patience=10)


def prepare(attachment, root):
    """Django on fresh engines that keep their promises: nothing is switched off to look faster."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "riskhub.settings",
        "RISKHUB_MODE": "local",
        "RISKHUB_DATA": str(root),
        "SECRET_KEY": "only-for-benchmarks-" * 3,
        **attachment.open().environment(),
    }
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()


def give_up(*_signal):
    raise SystemExit(f"Given up after {LIMIT} s: the lines above are what was measured.")


if __name__ == "__main__":
    main()
