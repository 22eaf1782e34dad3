"""When the company works, as it is set: which days, from when to when, and single days that differ."""

from collections.abc import Callable, Collection
from datetime import date, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from holidays import HolidayBase, country_holidays

from riskhub.company.choices import WorkedDays
from riskhub.company.models import CalendarDay
from riskhub.company.preferences import preferences
from riskhub.company.working_time import WorkingTime, spans_of

HOURS = ("work_begins", "work_ends", "break_begins", "break_ends")
AHEAD = 366
LAST_WORKED_WEEKDAY = 5
KEYS = ("time_zone", "worked_days", "worked_weekdays", *HOURS)


def working_time() -> WorkingTime:
    """Two queries."""
    kept = preferences(*KEYS)
    begins, ends, break_begins, break_ends = (_hour(kept[name]) for name in HOURS)
    assert begins and ends  # noqa: S101, PT018 - `set_working_time` keeps no day without hours
    pause = (break_begins, break_ends) if break_begins and break_ends else None
    single = dict(CalendarDay.objects.values_list("day", "is_worked"))
    usually = usual_days(kept["worked_days"], kept["worked_weekdays"])
    return WorkingTime(
        zone=ZoneInfo(kept["time_zone"]),
        spans=spans_of(begins, ends, pause),
        is_worked=lambda day: single.get(day, usually(day)),
    )


class ComingDay(NamedTuple):
    """`own` is the company's row, None where the calendar of the country says it; `note` is in its words."""

    day: date
    is_worked: bool
    note: str
    own: CalendarDay | None


def coming_days(today: date) -> list[ComingDay]:
    """From today on: every single day of the company, and what China's calendar changes within a year."""
    kept = preferences("worked_days")
    own = {one.day: one for one in CalendarDay.objects.filter(day__gte=today)}
    found = [ComingDay(day, one.is_worked, one.note, one) for day, one in own.items()]
    if kept["worked_days"] == WorkedDays.CHINA:
        days = (today + timedelta(days=ahead) for ahead in range(AHEAD))
        found += [_of_china(day) for day in days if day not in own and _differs(day)]
    return sorted(found, key=lambda one: one.day)


def _differs(day: date) -> bool:
    """From the days of a week without holidays."""
    return _china().is_working_day(day) != (day.isoweekday() <= LAST_WORKED_WEEKDAY)


def _of_china(day: date) -> ComingDay:
    name = str(_china_named(get_language() or "").get(day, ""))
    return ComingDay(day, _china().is_working_day(day), name, None)


def usual_days(kind: str, weekdays: Collection[int]) -> Callable[[date], bool]:
    """Whether a day of that kind is worked; `weekdays` from 1 for Monday count for OWN alone."""
    if kind == WorkedDays.CHINA:
        return _china().is_working_day
    if kind == WorkedDays.OWN:
        return lambda day: day.isoweekday() in weekdays
    return lambda _day: True


@lru_cache(maxsize=1)
def _china() -> HolidayBase:
    """Of a year that the State Council has not announced yet only the days that the law names."""
    return country_holidays("CN")


@lru_cache(maxsize=4)
def _china_named(language: str) -> HolidayBase:
    return country_holidays("CN", language="zh_CN" if language.startswith("zh") else "en_US")


def _hour(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def weekday_names() -> list[tuple[int, str]]:
    """From 1 for Monday, in the active language."""
    return [(day + 1, str(name)) for day, name in sorted(WEEKDAYS.items())]


def working_time_words() -> list[tuple[str, str]]:
    """Name by name: which days, from when to when, and the break."""
    kept = preferences(*KEYS)
    days = str(WorkedDays(kept["worked_days"]).label)
    if kept["worked_days"] == WorkedDays.OWN:
        names = dict(weekday_names())
        days = pgettext("between names", ", ").join(names[day] for day in kept["worked_weekdays"])
    pause = f"{kept['break_begins']} – {kept['break_ends']}" if kept["break_begins"] else _("none")
    return [
        (_("Days"), days),
        (_("Hours"), f"{kept['work_begins']} – {kept['work_ends']}"),
        (_("Break"), pause),
    ]
