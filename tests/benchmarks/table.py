"""The figures as they come, one line each: what was measured, beside what, and what is wanted."""

import os
import traceback

HEAD = ("what", "measured", "beside", "ratio", "wanted", "")
BUSY = 1.0
WIDTHS = (44, 11, 11, 7, 24, 6)


class Table:
    def __init__(self):
        self.missed = 0
        self._print(HEAD)
        print("-" * (sum(WIDTHS) + len(WIDTHS)))

    def add(self, what, seconds, *, beside=None, limit=None, words=""):
        """`limit` in seconds; `beside` is what the figure is compared with, in seconds."""
        verdict = "" if limit is None else "ok" if seconds <= limit else "OVER"
        ratio = f"{seconds / beside:.2f}" if beside else ""
        wanted = words or (f"<= {limit:.0f} s" if limit else "")
        self._row((what, _time(seconds), _time(beside), ratio, wanted, verdict))

    def add_count(self, what, count, most):
        verdict = "ok" if count <= most else "OVER"
        self._row((what, str(count), "", "", f"<= {most}", verdict))

    def skip(self, what, reason):
        self._row((what, "-", "", "", reason, ""))

    def fail(self, what, error):
        traceback.print_exception(error)
        self._row((what, "broken", "", "", "", "OVER"))

    def finish(self):
        print(f"\n{self.missed or 'Nothing'} over what is wanted.")
        load, cores = os.getloadavg()[1], os.cpu_count() or 1
        if load > BUSY * cores:
            print(f"The machine was busy (load {load:.1f} on {cores} cores): measure again alone.")

    def _row(self, cells):
        self.missed += cells[-1] == "OVER"
        self._print(cells)

    def _print(self, cells):
        line = " ".join(f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True))
        print(line.rstrip(), flush=True)


def _time(seconds):
    if seconds is None:
        return ""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.1f} s"
