"""When the company works, as it is set: which days, from when to when, and single days that differ."""

from collections.abc import Callable, Collection
from datetime import date, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from holidays import HolidayBase, country_holidays

from riskhub.company.choices import WorkedDays
from riskhub.company.models import CalendarDay
from riskhub.company.preferences import preferences
from riskhub.company.working_time import WorkingTime, spans_of

HOURS = ("work_begins", "work_ends", "break_begins", "break_ends")
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
