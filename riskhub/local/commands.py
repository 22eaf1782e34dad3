"""What a management command needs of this machine before Django is loaded."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from riskhub.local.environment import prepare
from riskhub.local.errors import LocalError

WITHOUT_ENGINES = {
    "",
    "--help",
    "--version",
    "collectstatic",
    "compilemessages",
    "findstatic",
    "help",
    "makemessages",
    "spectacular",
    "version",
}


@contextmanager
def attached(argv: Sequence[str]) -> Iterator[None]:
    """The engines run inside the block, unless the command has no use for them."""
    command = argv[1] if len(argv) > 1 else ""
    asks_help = "--help" in argv or "-h" in argv
    try:
        attachment = prepare(needs_engines=not asks_help and command not in WITHOUT_ENGINES)
    except LocalError as error:
        sys.exit(f"{error}")
    try:
        yield
    finally:
        if attachment:
            attachment.close()
