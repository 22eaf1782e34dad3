"""Quarters by the company's clock, wherever the machine stands."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from riskhub.company.calendar import NotAQuarter, Quarter, days_between, first_moment

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        (1, date(2026, 1, 1), date(2026, 3, 31)),
        (2, date(2026, 4, 1), date(2026, 6, 30)),
        (3, date(2026, 7, 1), date(2026, 9, 30)),
        (4, date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_its_days(number, first, last):
    quarter = Quarter(2026, number)
    assert (quarter.starts_on, quarter.ends_on) == (first, last)
    assert Quarter.of(first) == Quarter.of(last) == quarter
    assert quarter.following.previous == quarter.previous.following == quarter


def test_over_the_new_year():
    assert Quarter(2026, 4).following == Quarter(2027, 1)
    assert Quarter(2027, 1).previous == Quarter(2026, 4)
    assert Quarter(2026, 4) < Quarter(2027, 1)


def test_a_leap_year():
    assert Quarter(2028, 1).ends_on == date(2028, 3, 31)
    assert (Quarter(2028, 1).ends_on - Quarter(2028, 1).starts_on).days == 90


@pytest.mark.parametrize(
    ("moment", "is_over"),
    [
        (datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 9, 30, 16, 0, 0, tzinfo=UTC), True),
    ],
)
def test_it_ends_at_midnight_in_shanghai(moment, is_over):
    quarter = Quarter(2026, 3)
    assert quarter.is_over(moment, SHANGHAI) is is_over
    assert quarter.starts_at(SHANGHAI).isoformat() == "2026-07-01T00:00:00+08:00"
    assert quarter.ends_at(SHANGHAI) == Quarter(2026, 4).starts_at(SHANGHAI)


@pytest.mark.parametrize("text", ["2026Q3", "2026q3", " 2026-Q3 "])
def test_as_people_write_it(text):
    assert Quarter.parse(text) == Quarter(2026, 3)
    assert str(Quarter.parse(text)) == "2026Q3"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026Q5",
        "2026Q0",
        "26Q3",
        "Q3 2026",
        "２０２６Q3x",
        "9999Q4",
        "0000Q1",
        "0001Q1",
    ],
)
def test_what_is_no_quarter(text):
    with pytest.raises(NotAQuarter):
        Quarter.parse(text)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (datetime(2026, 10, 24, 6, 2, tzinfo=UTC), datetime(2026, 11, 22, 4, 45, tzinfo=UTC), 29),
        (datetime(2026, 10, 24, 15, 59, tzinfo=UTC), datetime(2026, 10, 24, 16, 0, tzinfo=UTC), 1),
        (datetime(2026, 10, 24, 16, 0, tzinfo=UTC), datetime(2026, 10, 25, 15, 59, tzinfo=UTC), 0),
    ],
)
def test_days_are_those_of_the_calendar_on_the_wall(start, end, days):
    """Not spans of 24 hours: what came in last evening has waited one day."""
    assert days_between(start, end, SHANGHAI) == days


def test_a_day_begins_where_the_company_is():
    assert first_moment(date(2026, 10, 24), SHANGHAI) == datetime(2026, 10, 23, 16, tzinfo=UTC)
