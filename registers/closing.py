"""What stands in the way of closing a risk; higher packages add their reasons in `ready()`."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from registers.models import Risk

Blocker = Callable[[Risk], list[str]]

_blockers: list[Blocker] = []


def register_blocker(blocker: Blocker) -> None:
    if blocker not in _blockers:
        _blockers.append(blocker)


def closing_blockers(risk: Risk) -> list[str]:
    """Sentences, one per thing that must be settled first; empty when the risk may be closed."""
    return [sentence for blocker in _blockers for sentence in blocker(risk)]


class NotOpen(Exception):  # noqa: N818 - reads as what it says
    """A closed or merged risk is neither changed nor assessed: it is opened again first."""


def require_open(risk: Risk) -> None:
    """Raises NotOpen; call it with the locked row."""
    if not risk.is_open:
        raise NotOpen(_("This risk is closed. Open it again to change it."))
