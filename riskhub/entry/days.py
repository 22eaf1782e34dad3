"""Which days are plausible: a year mistyped is refused, with the days that are not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from riskhub.entry.day_words import day_in_full as in_words

YEARS_AHEAD = 10


@dataclass(frozen=True)
class Span:
    """From `earliest` to what `latest` makes of today."""

    earliest: date
    latest: Callable[[date], date]

    def fault(self, day: date, today: date | None = None) -> str:
        """Why this day cannot be meant, in a sentence; empty when it can."""
        latest = self.latest(today or timezone.localdate())
        if self.earliest <= day <= latest:
            return ""
        return _("Choose a day from %(earliest)s to %(latest)s.") % {
            "earliest": in_words(self.earliest),
            "latest": in_words(latest),
        }

    def check(self, day: date) -> None:
        """As a validator of a field: raises ValidationError."""
        if fault := self.fault(day):
            raise ValidationError(fault, code="implausible")


def _years_ahead(today: date) -> date:
    return today.replace(year=today.year + YEARS_AHEAD, day=min(today.day, 28))


HAPPENED = Span(date(1990, 1, 1), lambda today: today)
"""Found, occurred, reported: not in the future."""

PLANNED = Span(date(2000, 1, 1), _years_ahead)
"""Due, until, next: what is overdue stays what it is, nobody plans for decades."""

SOUGHT = Span(date(1990, 1, 1), _years_ahead)
"""Looked for in a list: what happened and what is planned."""
