from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from incidents.complaints.clocks import Clock, Counted, moved
from riskhub.company.working_time import WorkingTime, spans_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
SPANS = spans_of(time(9), time(18), (time(12), time(13)))
WORK = WorkingTime(SHANGHAI, SPANS, lambda day: day.weekday() < 5)
WORKING, CALENDAR = Counted("working", WORK), Counted("calendar", WORK)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_urgent_ones_run_at_night_and_on_holidays():
    """R-61: S1 at 20:10 on a holiday has its first contact due at 20:40."""
    sunday = at("2026-09-27 20:10")
    assert CALENDAR.after(sunday, 30) == at("2026-09-27 20:40")
    assert CALENDAR.between(sunday, at("2026-09-27 20:40")) == 30
    assert WORKING.after(sunday, 30) == at("2026-09-28 09:30")


def clock(left, *, allowed=120, done_at=None):
    due = at("2026-09-28 11:00")
    return Clock("offer", allowed, due, done_at, done_at or due - timedelta(minutes=left), left)


@pytest.mark.parametrize(
    ("left", "is_amber", "is_breached"),
    [(120, False, False), (30.1, False, False), (30, True, False), (0, True, False), (-1, False, True)],
)  # fmt: skip
def test_amber_from_three_quarters_on_and_breached_when_over(left, is_amber, is_breached):
    shown = clock(left)
    assert (shown.is_amber, shown.is_breached) == (is_amber, is_breached)


def test_what_is_done_is_neither_but_may_have_been_late():
    done = clock(-5, done_at=at("2026-09-28 11:05"))
    assert (done.is_amber, done.is_breached, done.is_late) == (False, False, True)


@pytest.mark.parametrize(("left", "share"), [(120, 0), (90, 0.25), (0, 1), (-50, 1), (130, 0)])
def test_the_share_that_is_used_stays_within_its_ring(left, share):
    assert clock(left).share_used == share


@pytest.mark.parametrize(
    ("counted", "due", "paused", "resumed", "then"),
    [
        (WORKING, "2026-09-28 11:00", "2026-09-28 10:00", "2026-09-29 10:00", "2026-09-29 11:00"),
        (WORKING, "2026-09-28 11:00", "2026-09-28 10:00", "2026-09-28 19:00", "2026-09-29 10:00"),
        (CALENDAR, "2026-09-28 11:00", "2026-09-28 10:00", "2026-09-28 19:00", "2026-09-28 20:00"),
        (WORKING, "2026-09-28 11:00", "2026-09-28 11:30", "2026-09-28 19:00", "2026-09-28 11:00"),
    ],
)
def test_after_a_pause_as_much_is_left_as_before_it(counted, due, paused, resumed, then):
    assert moved(at(due), at(paused), at(resumed), counted) == at(then)
