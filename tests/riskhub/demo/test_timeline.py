from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from riskhub.demo.timeline import Timeline

SHANGHAI = ZoneInfo("Asia/Shanghai")


def timeline(*moment):
    return Timeline(datetime(*moment, tzinfo=SHANGHAI), SHANGHAI)


def test_the_quarters_are_those_of_the_companys_calendar():
    late = Timeline(datetime(2026, 9, 30, 17, tzinfo=UTC), SHANGHAI)  # the first of October there
    assert (str(late.finished), str(late.running)) == ("2026Q3", "2026Q4")


def test_marks_lie_in_their_quarter_in_order_and_in_office_hours():
    story = timeline(2026, 11, 20, 15)
    marks = [f"{letter}{share / 100}" for letter in "fr" for share in range(0, 100, 5)]
    moments = [story.at(mark) for mark in marks]
    assert moments == sorted(moments)
    assert all(9 <= moment.hour <= 17 for moment in moments)
    assert moments[0].date() == date(2026, 7, 1)
    assert moments[19].date() == date(2026, 9, 26)
    assert moments[20].date() == date(2026, 10, 1)


@pytest.mark.parametrize("moment", [(2026, 10, 1, 0, 5), (2026, 10, 1, 23, 50), (2026, 12, 31, 12)])
def test_nothing_happens_after_now(moment):
    story = timeline(*moment)
    marks = [f"r{share / 100}" for share in range(101)]
    moments = [story.at(mark) for mark in marks]
    assert moments == sorted(moments)
    assert moments[-1] <= story.now
    assert story.at("r0.999", later=0.5) <= story.now


def test_days_count_from_today():
    story = timeline(2026, 11, 20, 15)
    assert (story.day(-20), story.day(0), story.day(11)) == (
        "2026-10-31", "2026-11-20", "2026-12-01",
    )  # fmt: skip
