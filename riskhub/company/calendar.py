"""The company's clock: its time zone, its quarters. Pure, whatever the host's own time zone."""

import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

_QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)
_MONTHS = 3
_SUNDAY = 6


class NotAQuarter(ValueError):  # noqa: N818 - reads as what it says
    """The text is not of the form 2026Q3."""


def first_moment(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)


def days_between(start: datetime, end: datetime, zone: ZoneInfo) -> int:
    """Whole days of the calendar on the wall, as people and the report count them.

    Never spans of 24 hours: what came in last evening has waited one day.
    """
    return (end.astimezone(zone).date() - start.astimezone(zone).date()).days


def working_day_by(day: date) -> date:
    """The day itself, or the last one before it: Monday to Saturday are worked."""
    return day - timedelta(days=day.weekday() == _SUNDAY)


def working_day_from(day: date) -> date:
    """The day itself, or the first one after it."""
    return day + timedelta(days=day.weekday() == _SUNDAY)


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def starts_on(self) -> date:
        return date(self.year, self.number * _MONTHS - 2, 1)

    @property
    def ends_on(self) -> date:
        """The last day."""
        return date.fromordinal(self.following.starts_on.toordinal() - 1)

    @property
    def following(self) -> "Quarter":
        return Quarter.of(date(self.year + self.number // 4, self.number * _MONTHS % 12 + 1, 1))

    @property
    def previous(self) -> "Quarter":
        return (
            Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)
        )

    def starts_at(self, zone: ZoneInfo) -> datetime:
        return first_moment(self.starts_on, zone)

    def ends_at(self, zone: ZoneInfo) -> datetime:
        """The first moment that is no longer in the quarter."""
        return self.following.starts_at(zone)

    def is_over(self, now: datetime, zone: ZoneInfo) -> bool:
        return now >= self.ends_at(zone)

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month - 1) // _MONTHS + 1)

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        match = _QUARTER.fullmatch(text.strip())
        if not match or not MINYEAR < int(match[1]) < MAXYEAR:  # its neighbours have days, too
            raise NotAQuarter(
                _("“%(text)s” is not a quarter. Write it as 2026Q3.") % {"text": text}
            )
        return cls(int(match[1]), int(match[2]))
