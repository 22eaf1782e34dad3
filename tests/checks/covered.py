"""`python -m tests.checks.covered LEAST [NAME ...]`: what the last run of the tests tried, in per cent.

Of everything, or of the modules and packages of these names (`services`, `plans/content`); what it
left out is listed.
"""

import json
import sys
from pathlib import Path, PurePath

MEASURED = Path(".coverage.json")


def main(least, names):
    files = json.loads(MEASURED.read_text())["files"]
    wanted = {path: file for path, file in sorted(files.items()) if is_of(path, names)}
    tried = sum(counts(file, "executed") for file in wanted.values())
    left = sum(counts(file, "missing") for file in wanted.values())
    for path, file in wanted.items():
        if counts(file, "missing"):
            print(f"{path}: {', '.join(left_out(file))}")
    print(f"{tried} of {tried + left} lines and branches: {100 * tried / (tried + left):.2f} %")
    return 0 if 100 * tried >= float(least) * (tried + left) else 1


def is_of(path, names):
    place = f"/{PurePath(path).with_suffix('')}/"
    return not names or any(f"/{name}/" in place for name in names)


def counts(file, which):
    return len(file[f"{which}_lines"]) + len(file[f"{which}_branches"])


def left_out(file):
    """Lines in spans; a branch from line to line, where its end was reached by another way."""
    span = []
    for line in [*file["missing_lines"], None]:
        if span and line != span[-1] + 1:
            yield f"{span[0]}-{span[-1]}" if span[1:] else str(span[0])
            span = []
        span.append(line)
    yield from (f"{start}->{end}" for start, end in file["missing_branches"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
