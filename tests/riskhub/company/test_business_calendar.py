from datetime import date, time

import pytest

from riskhub.company.business_calendar import usual_days, working_time
from riskhub.company.models import CalendarDay
from riskhub.company.services import set_preference

pytestmark = pytest.mark.django_db


def test_by_default_every_day_is_worked_with_a_break_at_noon():
    times = working_time()
    assert list(times.spans) == [(time(9), time(12)), (time(13), time(18))]
    assert times.is_worked(date(2026, 10, 1))
    assert str(times.zone) == "Asia/Shanghai"


def test_it_is_asked_for_in_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        working_time()


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 10), True),  # a Saturday that is worked instead
        (date(2026, 10, 17), False),  # a Saturday
        (date(2026, 10, 19), True),
        (date(2026, 2, 17), False),  # Spring Festival
        (date(2026, 2, 14), True),  # a Saturday before it
    ],
)
def test_the_working_days_of_china(day, is_worked):
    assert usual_days("china", [])(day) == is_worked


def test_certain_days_of_the_week_and_single_days_that_differ():
    set_preference("worked_days", "own", by=None)
    set_preference("worked_weekdays", [1, 2, 3, 4, 5], by=None)
    set_preference("break_begins", "", by=None)
    CalendarDay.objects.create(day=date(2026, 10, 17), is_worked=True, note="Stocktaking")
    CalendarDay.objects.create(day=date(2026, 10, 19), is_worked=False)
    times = working_time()
    worked = [times.is_worked(date(2026, 10, day)) for day in (16, 17, 18, 19)]
    assert worked == [True, True, False, False]
    assert list(times.spans) == [(time(9), time(18))]
