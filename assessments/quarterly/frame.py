"""The quarter that a report is about, seen at the moment of the freeze."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from riskhub.company.calendar import Quarter, days_between


@dataclass(frozen=True)
class Frame:
    quarter: Quarter
    as_of: datetime
    zone: ZoneInfo

    @cached_property
    def start(self) -> datetime:
        return self.quarter.starts_at(self.zone)

    @cached_property
    def end(self) -> datetime:
        """The quarter's end, or the freeze where the quarter is not over."""
        return min(self.as_of, self.quarter.ends_at(self.zone))

    @property
    def is_draft(self) -> bool:
        return not self.quarter.is_over(self.as_of, self.zone)

    @cached_property
    def today(self) -> date:
        return self.as_of.astimezone(self.zone).date()

    def days_since(self, at: datetime) -> int:
        return days_between(at, self.as_of, self.zone)

    def holds(self, at: datetime) -> bool:
        """Whether a moment is in the quarter, up to the freeze."""
        return self.start <= at < self.end
