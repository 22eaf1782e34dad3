"""The hours in which the company works, and moments that lie so many of its minutes ahead. Pure.

Time is counted as it passes, in minutes; days and hours are those on the wall of the company's zone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

LONGEST_REST = 60
"""So many days without work are no holiday any more: the calendar is wrong."""
_NONE, _MINUTE, _DAY = timedelta(), timedelta(minutes=1), timedelta(days=1)

Span = tuple[time, time]


class NeverWorked(Exception):  # noqa: N818 - reads as what it says
    """No day within LONGEST_REST days is worked: nothing that counts working time would ever be due."""

    def __init__(self) -> None:
        super().__init__(
            _("In the working calendar no day within %(count)d days is worked.")
            % {"count": LONGEST_REST}
        )


@dataclass(frozen=True)
class WorkingTime:
    """`spans`: the hours of a worked day, (from, to) in order; what lies between two is a break."""

    zone: ZoneInfo
    spans: Sequence[Span]
    is_worked: Callable[[date], bool]
    _days: dict[date, list[tuple[datetime, datetime]]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Those that were asked for: a page of clocks asks for the same ones again and again."""

    def after(self, start: datetime, minutes: float) -> datetime:
        """The moment at which so many working minutes have passed since `start`; `start` itself for none.

        Raises NeverWorked.
        """
        left = minutes * _MINUTE
        if not left:
            return start
        for begins, ends in self._from(start):
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        raise NeverWorked

    def between(self, start: datetime, end: datetime) -> float:
        """Working minutes that pass from `start` to `end`; negative where `end` comes first."""
        if end < start:
            return -self.between(end, start)
        passed = _NONE
        day, last = (moment.astimezone(self.zone).date() for moment in (start, end))
        while day <= last:
            for begins, ends in self._of(day):
                if begins < end and start < ends:
                    passed += min(ends, end) - max(begins, start)
            day += _DAY
        return passed / _MINUTE

    def _from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The spans that are not over at `start`, the first cut there; until nobody works any more."""
        day, rested = start.astimezone(self.zone).date(), 0
        while rested <= LONGEST_REST:
            spans = self._of(day)
            rested = 0 if spans else rested + 1
            yield from ((max(begins, start), ends) for begins, ends in spans if ends > start)
            day += _DAY

    def _of(self, day: date) -> list[tuple[datetime, datetime]]:
        """In UTC, so that an hour that the clocks skip or repeat is counted as long as it is."""
        if day not in self._days:
            spans = self.spans if self.is_worked(day) else ()
            self._days[day] = [
                (self._moment(day, begins), self._moment(day, ends)) for begins, ends in spans
            ]
        return self._days[day]

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def spans_of(begins: time, ends: time, pause: Span | None = None) -> tuple[Span, ...]:
    """Of a day from `begins` to `ends`; a break that does not lie within it takes nothing away."""
    if pause is None or not begins < pause[0] < pause[1] < ends:
        return ((begins, ends),)
    return ((begins, pause[0]), (pause[1], ends))


def minutes_of(spans: Sequence[Span]) -> int:
    """Of one worked day."""
    return sum(
        (ends.hour - begins.hour) * 60 + ends.minute - begins.minute for begins, ends in spans
    )


def spans_fault(spans: Sequence[Span]) -> str:
    """What is wrong with the hours of a day, in a sentence; empty where nothing is."""
    moments = [moment for span in spans for moment in span]
    if all(earlier < later for earlier, later in pairwise(moments)):
        return ""
    return _("Work begins before it ends, and the break lies between.")
