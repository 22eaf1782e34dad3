"""What stands in the way of archiving a register; higher packages add theirs in `ready()`.

register_archive_blocker(lambda register, user: [Blocker(_("An import waits."), "/imports/")])
"""

from collections.abc import Callable

from registers.models import Register
from riskhub.accounts.closing import Blocker
from riskhub.accounts.models import User

ArchiveBlocker = Callable[[Register, User], list[Blocker]]
_blockers: list[ArchiveBlocker] = []


def register_archive_blocker(blocker: ArchiveBlocker) -> None:
    if blocker not in _blockers:
        _blockers.append(blocker)


def archive_blockers(register: Register, user: User) -> list[Blocker]:
    """One per thing that must be settled first, as this user can; empty when it may be archived."""
    return [found for blocker in _blockers for found in blocker(register, user)]
