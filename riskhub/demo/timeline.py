"""The marks of the story on the calendar: f0.25 is a quarter of the way through the finished quarter."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from riskhub.company.calendar import Quarter

_OPENS = 9
_DAY_SHARE = 8 / 24


@dataclass(frozen=True)
class Timeline:
    """`now` is the end of the running quarter's part of the story."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def running(self) -> Quarter:
        return Quarter.of(self.today)

    @property
    def finished(self) -> Quarter:
        return self.running.previous

    def at(self, mark: str, *, later: float = 0) -> datetime:
        """The moment of a mark, or of one a little `later`: in office hours, and never after now."""
        share = float(mark[1:]) + later
        quarter = self.finished if mark[0] == "f" else self.running
        start = quarter.starts_at(self.zone)
        end = min(quarter.ends_at(self.zone), self.now)
        exact = start + (end - start) * min(share, 1)
        if exact.date() == self.today:
            return exact
        midnight = exact.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(hours=_OPENS) + (exact - midnight) * _DAY_SHARE

    def day(self, offset: int) -> str:
        """So many days from today, as an ISO date."""
        return (self.today + timedelta(days=offset)).isoformat()
