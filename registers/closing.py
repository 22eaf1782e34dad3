"""What stands in the way of closing a risk; higher packages add their reasons in `ready()`."""

from collections.abc import Callable

from registers.models import Risk

Blocker = Callable[[Risk], list[str]]

_blockers: list[Blocker] = []


def register_blocker(blocker: Blocker) -> None:
    if blocker not in _blockers:
        _blockers.append(blocker)


def closing_blockers(risk: Risk) -> list[str]:
    """Sentences, one per thing that must be settled first; empty when the risk may be closed."""
    return [sentence for blocker in _blockers for sentence in blocker(risk)]
