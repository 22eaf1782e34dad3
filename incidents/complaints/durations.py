"""Spans of time as the queue says them: two words at most, the unit that fits. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

HOUR = 60


def in_words(minutes: float, day: int) -> str:
    """`day`: how many minutes one has, 1,440 on the calendar, less where only working time counts."""
    if minutes < HOUR:
        count = max(round(minutes), 1)
        return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
    if minutes < 2 * day:
        count = round(minutes / HOUR)
        return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
    count = round(minutes / day)
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def left_in_words(minutes: float, day: int) -> str:
    return _("%(span)s left") % {"span": in_words(minutes, day)}


def late_in_words(minutes: float, day: int) -> str:
    """“12 minutes late”; without a number as long as none of them was one of work."""
    if minutes < 1:
        return pgettext("of a clock", "late")
    return _("%(span)s late") % {"span": in_words(minutes, day)}


def taken_in_words(minutes: float, day: int) -> str:
    """Of a clock that was stopped: “took 42 minutes”; before anybody had to work, no time at all."""
    if minutes == 0:
        return _("outside working hours")
    return _("took %(span)s") % {"span": in_words(minutes, day)}


def time_in_words(times: int | None) -> str:
    """The how-manieth complaint it is of the same customer or order; empty where it repeats none."""
    if times is None:
        return ""
    rare = _("%(count)d times") % {"count": times}
    return {2: _("2nd time"), 3: _("3rd time")}.get(times, rare)
