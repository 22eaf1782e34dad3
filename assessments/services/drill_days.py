"""By which day the next drill of a plan is held, and which day is proposed for it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.contingency.choices import DrillResult
from assessments.contingency.feasibility import months_after
from assessments.models import ContingencyPlan
from riskhub.company.calendar import working_day_by, working_day_from
from riskhub.entry.day_words import day as in_words
from riskhub.entry.days import PLANNED

AGAIN_WITHIN = timedelta(days=60)
"""After a drill that failed, the next one."""
AT_ONCE = timedelta(days=7)
"""Where the day by which it had to be held is past."""


@dataclass(frozen=True)
class Latest:
    """The last day on which the next drill may be held, and the sentence that says why."""

    day: date
    words: str

    @property
    def proposed(self) -> date:
        """A working day, and none that is past."""
        return max(working_day_by(self.day), timezone.localdate())

    def in_days(self, count: int) -> date:
        """A working day in about so many days, where that is not too late."""
        wanted = working_day_from(timezone.localdate() + timedelta(days=count))
        return min(wanted, self.proposed)


def latest_drill(plan: ContingencyPlan) -> Latest:
    """Of what the last drill showed; without any, of the day on which people first acted by the plan."""
    last = plan.drills.held().order_by("-held_on", "-pk").first()
    if last and last.held_on:
        return latest_after(last.result, last.held_on, plan.drill_months)
    first = plan.versions.exclude(in_force_from=None).order_by("in_force_from").first()
    began = (first and first.in_force_from) or timezone.localdate()
    return latest_after("", began, plan.drill_months)


def latest_after(result: str, day: date, months: int) -> Latest:
    """After a drill of that day with that result: a failure is drilled again within 60 days."""
    today = timezone.localdate()
    if result == DrillResult.FAIL:
        until = day + AGAIN_WITHIN
        words = _("After a failure the next drill is held within 60 days: by %(day)s.")
    else:
        until = months_after(day, months)
        words = _(
            "This plan is drilled every %(months)d months: the next drill is held by %(day)s."
        )
    if until < today:
        until = today + AT_ONCE
        words = _("The day by which this plan had to be drilled is past. Choose a day by %(day)s.")
    return Latest(until, words % {"day": in_words(until), "months": months})


def day_fault(day: date, latest: Latest) -> str:
    """Why the next drill cannot be held on that day, in a sentence; empty when it can."""
    if day < timezone.localdate():
        return _("This day is past. Choose today or later.")
    return PLANNED.fault(day) or ("" if day <= latest.day else latest.words)


def check_day(day: date, latest: Latest, name: str = "scheduled_on") -> None:
    """Raises ValidationError at the field of that name."""
    if fault := day_fault(day, latest):
        raise ValidationError({name: fault})
