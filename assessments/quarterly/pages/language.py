"""Words, dates and numbers in the active language; a report is rendered under one `override`."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from riskhub.accounts.bilingual import is_english, languages_read

NOTHING = "–"
STRATEGIES = {
    "avoid": gettext_noop("Avoid"),
    "transfer": gettext_noop("Transfer"),
    "mitigate": gettext_noop("Mitigate"),
    "accept": gettext_noop("Accept"),
}
PLAN_STATES = {
    "draft": gettext_noop("Draft"),
    "submitted": gettext_noop("Waiting for approval"),
    "changes_requested": gettext_noop("Changes requested"),
    "approved": gettext_noop("Approved"),
    "in_progress": gettext_noop("In progress"),
    "completed": gettext_noop("Completed"),
    "closed": gettext_noop("Closed"),
    "rejected": gettext_noop("Rejected"),
    "withdrawn": gettext_noop("Withdrawn"),
    "expired": gettext_noop("Expired"),
}
DECISIONS = {
    "approved": gettext_noop("Approved"),
    "changes": gettext_noop("Changes requested"),
    "rejected": gettext_noop("Rejected"),
}


def tr(words: Mapping[str, object] | None) -> str:
    """Return the text in the active language, in the other one where it is missing."""
    if not words:
        return ""
    first, second = languages_read()
    return str(words.get(first) or words.get(second) or "")


def word(table: Mapping[str, str], key: str | None) -> str:
    """Return the translated word of a code; an unknown code stands for itself."""
    if not key:
        return NOTHING
    return gettext(table[key]) if key in table else key


def day(text: str | None) -> str:
    """`2026-10-08` in Chinese, `8 Oct 2026` in English."""
    if not text:
        return NOTHING
    return date_format(date.fromisoformat(text[:10]), "j M Y") if is_english() else text[:10]


def minute(text: str | None) -> str:
    return f"{day(text)} {datetime.fromisoformat(text):%H:%M}" if text else NOTHING


def zone_offset(moment: str, zone: str) -> str:
    """`UTC+8`: what a reader elsewhere needs, whatever the zone is called."""
    offset = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).utcoffset()
    hours = offset.total_seconds() / 3600 if offset else 0
    return f"UTC{hours:+g}" if hours else "UTC"


def listed(items: Iterable[object]) -> str:
    return (", " if is_english() else "、").join(str(item) for item in items)


def figure(value: float | None) -> str:
    """`12,496`; a fraction only where there is one."""
    if value is None:
        return NOTHING
    return f"{value:,.0f}" if value == round(value) else f"{value:,g}"


def share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else NOTHING
