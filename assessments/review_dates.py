"""When a level has to be looked at again."""

import calendar
from datetime import date

from assessments.models import Assessment
from assessments.schemes.in_force import Appetite


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def review_due_on(assessment: Assessment, level: int | None, appetite: Appetite) -> date | None:
    """By the rule of its residual `level` now; None where the scheme sets no interval."""
    if level is None:
        return None
    scores = assessment.residual_probability, assessment.residual_impact
    pair = (scores[0], scores[1]) if scores[0] and scores[1] else None
    demand = appetite.demand(level, assessment.risk.area_id, pair)
    if demand.review_months is None:
        return None
    return add_months(assessment.assessed_on, demand.review_months)
