"""What the drills of a contingency plan say of it: the same rule as in `querysets`."""

from calendar import monthrange
from datetime import date

from assessments.contingency.choices import DrillResult, Feasibility


def feasibility_of(
    last_result: str | None, proves_until: date | None, drill_on: date | None, today: date
) -> Feasibility:
    """Of the last drill that was held, how long it proves, and the day of the next one.

    Failed until a later one passes; proven only within the interval, while no drill is overdue and while
    people act by the version that was drilled (`proves_until` is None of an earlier one).
    """
    if last_result == DrillResult.FAIL:
        return Feasibility.FAILED
    is_overdue = drill_on is not None and drill_on < today
    is_recent = proves_until is not None and proves_until >= today
    if last_result == DrillResult.PASS and is_recent and not is_overdue:
        return Feasibility.PROVEN
    return Feasibility.UNPROVEN


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def is_missed(took: int | None, allowed: int) -> bool:
    """Whether a step was not done, or later than it should be; of what is due at once any time will do."""
    return took is None or 0 < allowed < took


def is_target_missed(target: str, allowed: int | None, took: int | None) -> bool:
    """Whether what is timed was reached too late or never; without a target there is nothing to miss."""
    return bool(target) and allowed is not None and (took is None or took > allowed)
