"""Schedule a drill, record what it showed, or why it was not held."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.contingency.choices import DrillResult, DrillState
from assessments.contingency.feasibility import months_after
from assessments.models import ContingencyPlan, ContingencyVersion, Drill, DrillGap
from assessments.services.drill_days import check_day, latest_after, latest_drill
from assessments.services.drill_findings import DrillFound, check_found
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.entry.day_words import day as in_words
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import one_line, prose


class NotInForce(ValidationError):  # noqa: N818 - reads as what it says
    """Only what people act by is drilled."""

    def __init__(self) -> None:
        super().__init__(_("This plan is not in force. Put it in force, then drill it."))


class ScheduledAlready(ValidationError):  # noqa: N818 - as above
    def __init__(self, drill: Drill) -> None:
        words = _(
            "A drill is scheduled on %(day)s already. Record it, or say that it was not held."
        )
        super().__init__(words % {"day": in_words(drill.scheduled_on)})


def schedule_drill(
    plan: ContingencyPlan,
    *,
    by: User | None,
    on: date,
    kind: str = "",
    client_uuid: UUID | None = None,
) -> Drill:
    """The next drill of a plan in force; there is one at most."""
    with acting(by, "drill.scheduled"):
        stored = lock_row(plan)
        if client_uuid and (made := Drill.objects.filter(client_uuid=client_uuid).first()):
            if (made.plan_id, made.scheduled_on) != (plan.pk, on):
                raise KeyReused
            return made
        version = stored.in_force
        if version is None:
            raise NotInForce
        if waiting := stored.drills.scheduled().first():
            raise ScheduledAlready(waiting)
        check_day(on, latest_drill(stored))
        return Drill.objects.create(
            plan=stored, kind=kind or version.drill_kind, scheduled_on=on, client_uuid=client_uuid
        )


def schedule_first_drill(
    plan: ContingencyPlan, version: ContingencyVersion, *, by: User | None
) -> None:
    """On the last day that the plan allows, unless one is scheduled already."""
    with acting(by, "drill.scheduled"):
        if not plan.drills.scheduled().exists():
            day = latest_drill(plan).proposed
            Drill.objects.create(plan=plan, kind=version.drill_kind, scheduled_on=day)


def draw_drill_nearer(plan: ContingencyPlan, *, by: User) -> None:
    """Where the plan is drilled more often now: the scheduled one is held within the new interval."""
    with acting(by, "drill.rescheduled"):
        drill, latest = plan.drills.scheduled().first(), latest_drill(plan)
        if drill and drill.scheduled_on > latest.day:
            save_fields(lock_row(drill), scheduled_on=latest.proposed)


def hold_drill(drill: Drill, found: DrillFound, *, by: User, version: int | None = None) -> Drill:
    """Record what it showed, open its gaps, and schedule the next one.

    It is a drill of the version that was in force on that day, also where another one has taken its place
    since. One that failed needs a gap with owner and day, and a next drill within 60 days.
    """
    with acting(by, "drill.held"):
        plan = lock_row(drill.plan)
        stored = lock_version(drill, version)
        if stored.state != DrillState.SCHEDULED:
            raise WrongState(stored, DrillState.HELD)
        now = plan.in_force
        if now is None:
            raise NotInForce
        acted_by = _acted_by_on(found.held_on, plan)
        check_found(found, acted_by)
        latest = latest_after(found.result, found.held_on, plan.drill_months)
        is_passed = found.result == DrillResult.PASS
        move(
            stored, DrillState.HELD, version=acted_by, held_on=found.held_on, result=found.result,
            kind=found.kind or stored.kind, attendance=found.attendance,
            attendees=prose(found.attendees), target_took=found.target_took,
            timings=_timings(acted_by, found.took or {}), note=prose(found.note), recorded_by=by,
            next_due_on=found.next_on or latest.day,
            proves_until=months_after(found.held_on, plan.drill_months) if is_passed else None,
        )  # fmt: skip
        DrillGap.objects.bulk_create(
            DrillGap(drill=stored, text=one_line(gap.text), owner=gap.owner, due_on=gap.due_on)
            for gap in found.gaps
        )
        day = found.next_on or latest.proposed
        Drill.objects.create(plan=plan, kind=now.drill_kind, scheduled_on=day)
        return stored


def miss_drill(drill: Drill, *, by: User, reason: str, next_on: date) -> Drill:
    """It is not held on its day: why, and on which day it will be. Gives back the new one.

    A plan in force always has a next one, within the days that the last drill leaves. Before its day it is
    moved; after that it was not held, and stays so.
    """
    with acting(by, "drill.missed", prose(reason)):
        plan = lock_row(drill.plan)
        if not prose(reason):
            raise ValidationError({"reason": _("Say why it was not held.")})
        if plan.in_force is None:
            raise NotInForce
        check_day(next_on, latest_drill(plan), "next_on")
        is_ahead = drill.is_ahead
        move(drill, DrillState.MISSED, missed_reason=prose(reason))
        with acting(by, "drill.rescheduled", prose(reason)):
            if is_ahead:
                move(drill, DrillState.RESCHEDULED)
            return Drill.objects.create(plan=plan, kind=drill.kind, scheduled_on=next_on)


def call_off_drill(plan: ContingencyPlan, *, by: User | None, reason: str) -> None:
    """With its plan."""
    with acting(by, "drill.missed", reason):
        for drill in plan.drills.scheduled():
            move(drill, DrillState.MISSED, missed_reason=reason)


def _acted_by_on(day: date, plan: ContingencyPlan) -> ContingencyVersion:
    version = plan.version_on(day)
    if version is None:
        words = _("Nobody acted by this plan on that day: it came into force later.")
        raise ValidationError({"held_on": words})
    return version


def _timings(version: ContingencyVersion, took: Mapping[int, int | None]) -> list[dict[str, Any]]:
    """Each step as it was written then, with the minutes that it is given and those that it took.

    A step of which nothing is told was not done.
    """
    return [
        {
            "seq": step.seq, "zh": step.text_zh, "en": step.text_en, "target": step.minute,
            "took": took.get(step.seq),
        }
        for step in version.steps.all()
    ]  # fmt: skip
