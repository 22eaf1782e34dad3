"""For how long what was done at one press can be taken back at another."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

UNDO_FOR = timedelta(seconds=30)
"""The seconds that the toast counts."""
ON_ITS_WAY = timedelta(seconds=5)
"""Whoever presses in the last second is not refused because of the network."""


class TooLate(Exception):  # noqa: N818 - reads as what it says
    """The time to take it back is over; the message says what to do instead."""

    def __init__(self, instead: str = "") -> None:
        words = _("Only the first %(seconds)d seconds count for an undo.") % {
            "seconds": UNDO_FOR.seconds
        }
        super().__init__(f"{words} {instead}".strip())


def in_time(done_at: datetime | None) -> bool:
    """Whether what was done at that moment may still be taken back."""
    return done_at is not None and timezone.now() <= done_at + UNDO_FOR + ON_ITS_WAY
