"""One line of how something came to where it stands, for `components/timeline.html`."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Told:
    """`meta` are words such as who and when."""

    words: str
    meta: Sequence[str]
    url: str = ""
    is_now: bool = False


def with_reason(words: str, reason: str) -> str:
    return f"{words}{_(': ')}{reason}" if reason else words
