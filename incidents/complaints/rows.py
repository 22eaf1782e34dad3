"""A complaint as a row of the queue: its three clocks in words, and what comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrPromise

from incidents.choices import ClockKind
from incidents.complaints.clocks import Clock, Counted
from incidents.complaints.deadlines import DONE_AT
from incidents.complaints.durations import (
    late_in_words,
    left_in_words,
    taken_in_words,
    time_in_words,
)
from incidents.complaints.steps import CALL, ESCALATE, NOTE, OFFER, TAKE, Way, next_way, other_ways
from incidents.models import Complaint
from incidents.permissions import can_handle_any, may_handle
from riskhub.accounts.models import User
from riskhub.company.working_time import WorkingTime, minutes_of
from riskhub.entry.day_words import moment

CALENDAR_DAY = 24 * 60
RING = 37.7
"""How long the ring of a clock is, as it is drawn."""
STEPS: Mapping[str, StrPromise] = {
    "first_contact": _("First contact"),
    "offer": _("Offer"),
    "close": pgettext_lazy("of a complaint", "Closing"),
}


@dataclass(frozen=True)
class ShownClock:
    """`words`: what is left, or what it took; `when`: the moment that it is about."""

    step: str
    name: str
    clock: Clock
    words: str
    when: str
    is_next: bool = False
    """Of those that run the one that ends first."""

    @property
    def look(self) -> str:
        """How it is drawn: late, done, next or run."""
        if self.clock.done_at:
            return "done"
        return "late" if self.clock.is_late else "next" if self.is_next else "run"

    @property
    def run(self) -> str:
        """The part of the ring that is left; all of it once it is late."""
        share = 1 if self.clock.is_late else 1 - self.clock.share_used
        return f"{share * RING:.1f} {RING}"


@dataclass(frozen=True)
class QueueRow:
    complaint: Complaint
    clocks: list[ShownClock]
    next: Way | None
    """None for whoever does not handle it, and where an offer waits for approval."""
    others: list[Way]
    """What else is done from the queue, each with its key."""

    @property
    def presses(self) -> list[Way]:
        return [way for way in self.others if way.is_press]

    @property
    def links(self) -> list[tuple[Way, str]]:
        """Each with its address."""
        code = self.complaint.code
        return [(way, _address(way.name, code)) for way in self.others if not way.is_press]

    @property
    def time(self) -> str:
        """Which time it is that the same customer or order brings a complaint."""
        return time_in_words(self.complaint.times)  # type: ignore[attr-defined]  # of `for_queue`


def rows_of(
    complaints: Iterable[Complaint], user: User, work: WorkingTime, now: datetime
) -> list[QueueRow]:
    """Reads `for_queue`; no query of its own."""
    return [QueueRow(one, [*clocks_of(one, work, now)], *_ways(one, user)) for one in complaints]


def queue_keys(user: User) -> list[tuple[str, StrPromise]]:
    """Of the row with the focus; whoever does not handle complaints walks through them alone."""
    ways = [TAKE, CALL, OFFER, NOTE, ESCALATE] if can_handle_any(user) else []
    return [("j k", _("Next or former row")), *((way.key, way.label) for way in ways)]


def _address(name: str, code: str) -> str:
    """As `reverse`, which is asked once for each step and not for each row."""
    return _pattern(name).replace("/-/", f"/{code}/")


@cache
def _pattern(name: str) -> str:
    return reverse(name, args=["-"])


def _ways(complaint: Complaint, user: User) -> tuple[Way | None, list[Way]]:
    if not may_handle(user, complaint):
        return None, []
    following, others = next_way(complaint), [way for way in other_ways(complaint) if way.key]
    if complaint.waits_inside:  # type: ignore[attr-defined]  # of `for_queue`
        others = [way for way in others if way != OFFER]
        following = None if following == OFFER else following
    return following, others


def clocks_of(complaint: Complaint, work: WorkingTime, now: datetime) -> Iterable[ShownClock]:
    severity = complaint.severity
    counted = Counted(severity.clock, work)
    is_calendar = severity.clock == ClockKind.CALENDAR
    day = CALENDAR_DAY if is_calendar else minutes_of(work.spans)
    for step, name in STEPS.items():
        due, done = getattr(complaint, f"{step}_due"), getattr(complaint, DONE_AT[step])
        until = done or complaint.paused_at or now
        clock = Clock(step, getattr(severity, step), due, done, until, counted.between(until, due))
        is_next = done is None and due == complaint.next_due and not complaint.is_over
        yield ShownClock(step, str(name), clock, *_said(clock, complaint, counted, day), is_next)


def _said(clock: Clock, complaint: Complaint, counted: Counted, day: int) -> tuple[str, str]:
    if clock.done_at is None:
        say = late_in_words if clock.is_late else left_in_words
        return say(abs(clock.left), day), moment(clock.due_at)
    taken = counted.between(complaint.received_at, clock.done_at)
    return moment(clock.done_at), taken_in_words(taken, day)
