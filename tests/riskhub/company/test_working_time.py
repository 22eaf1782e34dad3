from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskhub.company.working_time import (
    LONGEST_REST,
    NeverWorked,
    WorkingTime,
    minutes_of,
    spans_fault,
    spans_of,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = datetime(2020, 1, 1, tzinfo=SHANGHAI)
NOON = time(12), time(13)
SPANS = spans_of(time(9), time(18), NOON)
DAILY = WorkingTime(SHANGHAI, SPANS, lambda _day: True)
WEEKDAYS = WorkingTime(SHANGHAI, SPANS, lambda day: day.weekday() < 5)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-09-23 17:50", 480, "2026-09-24 17:50"),  # the same point of the next day
        ("2026-09-23 09:00", 480, "2026-09-23 18:00"),
        ("2026-09-23 11:30", 60, "2026-09-23 13:30"),
        ("2026-09-23 12:20", 30, "2026-09-23 13:30"),
        ("2026-09-23 20:10", 30, "2026-09-24 09:30"),
        ("2026-09-23 05:00", 1, "2026-09-23 09:01"),
        ("2026-09-23 20:10", 0, "2026-09-23 20:10"),
        ("2026-09-23 18:00", 4800, "2026-10-03 18:00"),
    ],
)
def test_when_so_many_working_minutes_have_passed(start, minutes, due):
    assert DAILY.after(at(start), minutes) == at(due)


def test_a_day_that_is_not_worked_is_passed_over():
    assert WEEKDAYS.after(at("2026-09-25 17:30"), 60) == at("2026-09-28 09:30")
    assert WEEKDAYS.between(at("2026-09-25 17:30"), at("2026-09-28 09:30")) == 60


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-09-23 17:50", "2026-09-24 17:50", 480),
        ("2026-09-23 12:10", "2026-09-23 12:50", 0),
        ("2026-09-23 11:59", "2026-09-23 13:01", 2),
        ("2026-09-23 18:00", "2026-09-24 09:00", 0),
        ("2026-09-24 17:50", "2026-09-23 17:50", -480),
        ("2026-09-24 17:50", "2026-09-24 17:50", 0),
    ],
)
def test_how_many_working_minutes_lie_between(start, end, minutes):
    assert DAILY.between(at(start), at(end)) == minutes


def test_the_hours_are_those_of_the_companys_zone_whatever_the_moment_is_written_in():
    start = at("2026-09-23 17:50").astimezone(UTC)
    assert DAILY.after(start, 20) == at("2026-09-24 09:10")


def test_an_hour_that_the_clocks_repeat_is_worked_twice():
    """In the night to 25 October 2026 the hour from two to three comes twice in Berlin."""
    berlin = ZoneInfo("Europe/Berlin")
    nights = WorkingTime(berlin, ((time(1), time(4)),), lambda _day: True)
    start = datetime(2026, 10, 25, 1, tzinfo=berlin)
    assert nights.between(start, datetime(2026, 10, 25, 4, tzinfo=berlin)) == 240


def test_a_calendar_without_work_is_refused_and_one_with_a_long_holiday_is_not():
    holiday = date(2026, 9, 23) + timedelta(days=LONGEST_REST)
    late = WorkingTime(SHANGHAI, SPANS, lambda day: day >= holiday)
    assert late.after(at("2026-09-23 20:00"), 60).date() == holiday
    with pytest.raises(NeverWorked, match="60 天"):
        WorkingTime(SHANGHAI, SPANS, lambda _day: False).after(at("2026-09-23 20:00"), 60)


@given(
    start=st.integers(0, 15 * 366 * 1440).map(lambda at: FIRST + timedelta(minutes=at)),
    minutes=st.integers(0, 20_000),
    worked=st.sets(st.integers(0, 6), min_size=1),
    pause=st.none() | st.just(NOON),
)
def test_what_lies_ahead_so_many_minutes_is_that_far_away(start, minutes, worked, pause):
    spans = spans_of(time(8, 30), time(17, 45), pause)
    times = WorkingTime(SHANGHAI, spans, lambda day: day.weekday() in worked)
    due = times.after(start, minutes)
    assert times.between(start, due) == minutes
    assert times.between(due, start) == -minutes
    assert times.after(start, minutes + 1) > due


def test_a_break_that_is_not_within_the_day_takes_nothing_away():
    assert spans_of(time(9), time(18)) == ((time(9), time(18)),)
    assert spans_of(time(9), time(18), (time(18), time(19))) == ((time(9), time(18)),)
    assert minutes_of(SPANS) == 480
    assert minutes_of(spans_of(time(9), time(18))) == 540


@pytest.mark.parametrize(
    ("spans", "is_right"),
    [
        (SPANS, True),
        (((time(18), time(9)),), False),
        (((time(9), time(9)),), False),
        (((time(9), time(13)), (time(12), time(18))), False),
    ],
)
def test_hours_rise(spans, is_right):
    assert (spans_fault(spans) == "") == is_right
