"""The three clocks of a complaint: what is due when, how much is left, what a pause does to it. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from incidents.choices import ClockKind
from riskhub.company.working_time import WorkingTime

AMBER = 0.75
"""From this share of the time on a clock is amber."""
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Counted:
    """Minutes as a severity counts them: all of them, or those in which the company works."""

    kind: str
    work: WorkingTime

    def after(self, start: datetime, minutes: float) -> datetime:
        if self.kind == ClockKind.CALENDAR:
            return start + minutes * _MINUTE
        return self.work.after(start, minutes)

    def between(self, start: datetime, end: datetime) -> float:
        if self.kind == ClockKind.CALENDAR:
            return (end - start) / _MINUTE
        return self.work.between(start, end)


@dataclass(frozen=True)
class Clock:
    """One step of a complaint. `allowed`: minutes from its receipt on, pauses left aside."""

    step: str
    allowed: int
    due_at: datetime
    done_at: datetime | None
    until: datetime
    """The moment that was asked about, or when it was done or began to wait."""
    left: float
    """Minutes from then until it is due; negative when late, and 0 as long as nobody has worked since."""

    @property
    def is_late(self) -> bool:
        return self.until > self.due_at

    @property
    def is_breached(self) -> bool:
        """Late, and still not done."""
        return self.is_late and self.done_at is None

    @property
    def is_amber(self) -> bool:
        return self.done_at is None and not self.is_late and self.left <= self.allowed * (1 - AMBER)

    @property
    def share_used(self) -> float:
        """Of what is allowed, 0 to 1: what the ring beside the words shows."""
        return min(max(1 - self.left / self.allowed, 0.0), 1.0)


def moved(
    due_at: datetime, paused_at: datetime, resumed_at: datetime, counted: Counted
) -> datetime:
    """After a pause as much is left as there was at its beginning; what was late already stays."""
    left = counted.between(paused_at, due_at)
    return counted.after(resumed_at, left) if left > 0 else due_at
