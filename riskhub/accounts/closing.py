"""What stands in the way of closing a department; higher packages add theirs in `ready()`.

register_department_blocker(lambda department: [Blocker(_("3 open risks"), "/risks/?...")])
"""

from collections.abc import Callable
from dataclasses import dataclass

from riskhub.accounts.models import Department


@dataclass(frozen=True)
class Blocker:
    """A sentence, and where it can be settled."""

    text: str
    url: str = ""


DepartmentBlocker = Callable[[Department], list[Blocker]]
_blockers: list[DepartmentBlocker] = []


def register_department_blocker(blocker: DepartmentBlocker) -> None:
    if blocker not in _blockers:
        _blockers.append(blocker)


def department_blockers(department: Department) -> list[Blocker]:
    """One per thing that must be settled first; empty when the department may be closed."""
    return [found for blocker in _blockers for found in blocker(department)]
