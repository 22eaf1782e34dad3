from collections.abc import Sequence as Ordered
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from riskhub.accounts.models import User
from riskhub.audit.context import acting, ask_as
from riskhub.company.choices import WorkedDays
from riskhub.company.models import CalendarDay, CompanySetting
from riskhub.company.preferences import DEFAULTS, preferences
from riskhub.company.working_time import Span, spans_fault
from riskhub.entry.days import PLANNED
from riskhub.entry.texts import one_line

_TAKE = """
INSERT INTO company_sequence (key, next) VALUES (%s, %s)
ON CONFLICT (key) DO UPDATE SET next = company_sequence.next + excluded.next - 1 RETURNING next
"""


def set_preference(key: str, value: Any, *, by: User | None) -> None:  # noqa: ANN401 - each key has its own type
    """Store one setting; an unknown key is a programming error (KeyError)."""
    DEFAULTS[key]
    with acting(by, "company.setting_changed"):
        CompanySetting.objects.update_or_create(
            key=key, defaults={"value": value, "changed_at": timezone.now(), "changed_by": by}
        )


def set_working_time(
    *,
    by: User | None,
    worked_days: str,
    worked_weekdays: Ordered[int],
    work_begins: time,
    work_ends: time,
    break_begins: time | None = None,
    break_ends: time | None = None,
) -> None:
    """For clocks that begin from now on. Raises ValidationError where no time would be worked."""
    faults = {}
    if worked_days == WorkedDays.OWN and not worked_weekdays:
        faults["worked_weekdays"] = _("Choose at least one day.")
    if (break_begins is None) != (break_ends is None):
        faults["break_ends"] = _(
            "A break has a beginning and an end; without one leave both empty."
        )
    elif fault := spans_fault(_spans(work_begins, work_ends, break_begins, break_ends)):
        faults["work_ends"] = fault
    if faults:
        raise ValidationError(faults)
    hours = {
        "work_begins": work_begins, "work_ends": work_ends, "break_begins": break_begins,
        "break_ends": break_ends,
    }  # fmt: skip
    with acting(by, "company.setting_changed"):
        values: dict[str, Any] = {
            name: f"{moment:%H:%M}" if moment else "" for name, moment in hours.items()
        }
        values |= {"worked_days": worked_days, "worked_weekdays": sorted(worked_weekdays)}
        kept = preferences(*values)
        for key, value in values.items():
            if kept[key] != value:
                set_preference(key, value, by=by)


def set_calendar_day(day: date, *, by: User | None, is_worked: bool, note: str = "") -> CalendarDay:
    """For clocks that begin from now on. Raises ValidationError for a day that is over."""
    if day < timezone.localdate():
        raise ValidationError({"day": _("This day is over: it was counted as it was.")})
    if fault := PLANNED.fault(day):
        raise ValidationError({"day": fault})
    with acting(by, "calendar_day.set"):
        kept, is_new = CalendarDay.objects.select_for_update().get_or_create(
            day=day, defaults={"is_worked": is_worked, "note": one_line(note)}
        )
        if not is_new:
            kept.is_worked, kept.note = is_worked, one_line(note)
            kept.save(update_fields=["is_worked", "note"])
        return kept


def remove_calendar_day(day: CalendarDay, *, by: User | None) -> None:
    """It is again what its kind of day usually is."""
    with acting(by, "calendar_day.removed"):
        day.delete()


def _spans(
    begins: time, ends: time, break_begins: time | None, break_ends: time | None
) -> list[Span]:
    """As typed, so that a break outside of the hours is found."""
    if break_begins is None or break_ends is None:
        return [(begins, ends)]
    return [(begins, break_begins), (break_ends, ends)]


def take_numbers(key: str, *, by: User | None, count: int = 1) -> range:
    """The next `count` numbers of a sequence, without gaps: the row stays locked until commit."""
    ((row,),) = ask_as(by, "sequence.taken", (_TAKE, (key, 1 + count)))
    (following,) = row
    return range(following - count, following)
