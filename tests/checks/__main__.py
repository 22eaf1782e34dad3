"""`python -m tests.checks [NAME ...]`: all checks in one go, or those named.

All run, whatever fails; what a failing one said stands at the end.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from riskhub.local.attach import Attachment
from riskhub.local.catalogues import compile_catalogues
from riskhub.local.folder import DataFolder
from riskhub.local.native import use_fonts
from tests.checks.steps import CHROMIUM, ROOT, is_ci, static_checks, tests

WORKERS = min(os.cpu_count() or 1, 4)


class Run:
    def __init__(self, environ):
        self.environ = environ
        self.failed = {}

    def quietly(self, check):
        """With the engines of this run; its output is kept for the end."""
        began = time.monotonic()
        done = subprocess.run(
            check.argv,
            cwd=ROOT,
            env=os.environ | self.environ | check.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self._note(check, done.returncode, began, done.stdout)

    def openly(self, check):
        """The tests bring their own engines and may take minutes: show what they do."""
        began = time.monotonic()
        done = subprocess.run(check.argv, cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
        self._note(check, done.returncode, began, "(see above)")

    def _note(self, check, code, began, output):
        if code:
            self.failed[check.name] = output
        word = "FAILED" if code else "ok"
        print(f"{word:<7} {check.name} ({time.monotonic() - began:.1f} s)", flush=True)


def browser_is_there():
    """In CI the stories must run; elsewhere a machine may lack the browser, and is told so."""
    if CHROMIUM.exists():
        return True
    print(f"{CHROMIUM} is missing: the browser stories do not run here.", flush=True)
    return not is_ci()


def main(names):
    os.environ.setdefault("RISKHUB_MODE", "local")
    os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 4)
    use_fonts(os.environ)
    compile_catalogues(ROOT / "locale")

    known = [check.name for check in (*static_checks(), *tests(workers=WORKERS))]
    if unknown := set(names) - set(known):
        print(f"No such check: {', '.join(unknown)}. There are: {', '.join(known)}.")
        return 2

    def chosen(checks):
        return [check for check in checks if not names or check.name in names]

    root = Path(tempfile.mkdtemp(prefix="riskhub-checks-"))
    engines = Attachment(DataFolder(root), fast=True, temporary=True)
    run = Run(engines.open().environment())
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(run.quietly, chosen(static_checks())))
    engines.close()
    for check in chosen(tests(workers=WORKERS)):
        run.openly(check)
    if not browser_is_there():
        run.failed["browser stories"] = f"CI needs {CHROMIUM}."
    for name, output in run.failed.items():
        print(f"\n--- {name}\n{output.rstrip()}")
    print(f"\nFailed: {', '.join(run.failed)}" if run.failed else "\nAll checks passed.")
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
