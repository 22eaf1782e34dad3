"""A complaint as a row of the queue: its three clocks in words, and what comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrPromise

from incidents.choices import ClockKind
from incidents.complaints.clocks import Clock, Counted
from incidents.complaints.deadlines import DONE_AT
from incidents.complaints.durations import left_in_words, taken_in_words
from incidents.complaints.steps import Way, next_way
from incidents.models import Complaint
from incidents.permissions import may_handle
from riskhub.accounts.models import User
from riskhub.company.working_time import WorkingTime, minutes_of
from riskhub.entry.day_words import day_in_full, moment

CALENDAR_DAY = 24 * 60
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


@dataclass(frozen=True)
class QueueRow:
    complaint: Complaint
    clocks: list[ShownClock]
    next: Way | None
    """None for whoever does not handle it."""


def rows_of(
    complaints: Iterable[Complaint], user: User, work: WorkingTime, now: datetime
) -> list[QueueRow]:
    """Reads `for_queue`; no query of its own."""
    return [
        QueueRow(
            one, [*clocks_of(one, work, now)], next_way(one) if may_handle(user, one) else None
        )
        for one in complaints
    ]


def clocks_of(complaint: Complaint, work: WorkingTime, now: datetime) -> Iterable[ShownClock]:
    severity = complaint.severity
    counted = Counted(severity.clock, work)
    is_calendar = severity.clock == ClockKind.CALENDAR
    day = CALENDAR_DAY if is_calendar else minutes_of(work.spans)
    for step, name in STEPS.items():
        due, done = getattr(complaint, f"{step}_due"), getattr(complaint, DONE_AT[step])
        until = done or complaint.paused_at or now
        clock = Clock(step, getattr(severity, step), due, done, counted.between(until, due))
        yield ShownClock(step, str(name), clock, *_said(clock, complaint, counted, day))


def _said(clock: Clock, complaint: Complaint, counted: Counted, day: int) -> tuple[str, str]:
    if clock.done_at is None:
        return left_in_words(clock.left, day), moment(clock.due_at)
    taken = counted.between(complaint.received_at, clock.done_at)
    return day_in_full(clock.done_at), taken_in_words(taken, day)
