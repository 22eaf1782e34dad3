"""A day and a moment in the words of the language that is asked for."""

from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone, translation

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day(value: date | datetime | None) -> str:
    """9月24日 or 24 Sep; the year only where it is not this one."""
    if value is None:
        return ""
    local = _local_day(value)
    if local.year != timezone.localdate().year:
        return day_in_full(local)
    if is_chinese():
        return f"{local.month}月{local.day}日"
    return f"{local.day} {_MONTHS[local.month - 1]}"


def day_in_full(value: date | datetime | None) -> str:
    """2026年9月24日 or 24 Sep 2026: on paper, which is read for years."""
    if value is None:
        return ""
    local = _local_day(value)
    if is_chinese():
        return f"{local.year}年{local.month}月{local.day}日"
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def moment(value: datetime | None) -> str:
    """The day with the time of the company's zone: 9月24日 09:05 or 24 Sep, 09:05."""
    if value is None:
        return ""
    return _with_time(day(value), value)


def moment_in_full(value: datetime) -> str:
    """2026年9月24日 09:05 or 24 Sep 2026, 09:05."""
    return _with_time(day_in_full(value), value)


def day_in_each(value: date) -> dict[str, str]:
    """{language: 9月24日 or 24 Sep}, for what is written now and read by somebody else."""
    return words_in_each(lambda: day(value))


def words_in_each(say: Callable[[], object]) -> dict[str, str]:
    """{language: what `say` answers while that language is active}."""
    found = {}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            found[code] = str(say())
    return found


def is_chinese() -> bool:
    """Whether what is asked for now is written in Chinese."""
    return (translation.get_language() or "").startswith("zh")


def _local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _with_time(words: str, value: datetime) -> str:
    return f"{words}{' ' if is_chinese() else ', '}{timezone.localtime(value):%H:%M}"
