"""Schedule a drill, record what it showed, or why it was not held."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.contingency.choices import DrillResult, DrillState
from assessments.contingency.feasibility import months_after
from assessments.models import ContingencyPlan, ContingencyVersion, Drill, DrillGap
from assessments.services.drill_findings import AGAIN_WITHIN, DrillFound, check_ahead, check_found
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import lock_row, lock_version
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
        super().__init__(words % {"day": drill.scheduled_on.isoformat()})


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
        check_ahead(on)
        return Drill.objects.create(
            plan=stored, kind=kind or version.drill_kind, scheduled_on=on, client_uuid=client_uuid
        )


def schedule_first_drill(
    plan: ContingencyPlan, version: ContingencyVersion, today: date, *, by: User | None
) -> None:
    """After the usual interval, unless one is scheduled already or the last one asks for a nearer day."""
    with acting(by, "drill.scheduled"):
        if plan.drills.scheduled().exists():
            return
        last = plan.drills.held().order_by("-held_on", "-pk").first()
        due_on = last.next_due_on if last else None
        Drill.objects.create(
            plan=plan, kind=version.drill_kind,
            scheduled_on=max(due_on or months_after(today, plan.drill_months), today),
        )  # fmt: skip


def hold_drill(drill: Drill, found: DrillFound, *, by: User, version: int | None = None) -> Drill:
    """Record what it showed, open its gaps, and schedule the next one.

    One that failed needs a gap with owner and day, and a next drill within 60 days.
    """
    with acting(by, "drill.held"):
        plan = lock_row(drill.plan)
        stored = lock_version(drill, version)
        if stored.state != DrillState.SCHEDULED:
            raise WrongState(stored, DrillState.HELD)
        acted_by = plan.in_force
        if acted_by is None:
            raise NotInForce
        check_found(found, acted_by)
        due_on = _next_due(found, plan)
        is_passed = found.result == DrillResult.PASS
        move(
            stored, DrillState.HELD, version=acted_by, held_on=found.held_on, result=found.result,
            kind=found.kind or stored.kind, attendance=found.attendance,
            attendees=prose(found.attendees), target_took=found.target_took,
            timings=_timings(acted_by, found.took or {}), note=prose(found.note), recorded_by=by,
            next_due_on=due_on,
            proves_until=months_after(found.held_on, plan.drill_months) if is_passed else None,
        )  # fmt: skip
        DrillGap.objects.bulk_create(
            DrillGap(drill=stored, text=one_line(gap.text), owner=gap.owner, due_on=gap.due_on)
            for gap in found.gaps
        )
        Drill.objects.create(plan=plan, kind=acted_by.drill_kind, scheduled_on=due_on)
        return stored


def miss_drill(drill: Drill, *, by: User, reason: str, next_on: date | None = None) -> Drill:
    """It was not held: why, and on which day it will be. Gives back the new one where there is one."""
    with acting(by, "drill.missed", prose(reason)):
        lock_row(drill.plan)
        if not prose(reason):
            raise ValidationError({"reason": _("Say why it was not held.")})
        if next_on is not None:
            check_ahead(next_on, "next_on")
        move(drill, DrillState.MISSED, missed_reason=prose(reason))
        return drill if next_on is None else reschedule_drill(drill, by=by, on=next_on)


def reschedule_drill(drill: Drill, *, by: User, on: date) -> Drill:
    """A missed one gets another day; it is a drill of its own."""
    with acting(by, "drill.rescheduled"):
        plan = lock_row(drill.plan)
        if plan.in_force is None:
            raise NotInForce
        if waiting := plan.drills.scheduled().first():
            raise ScheduledAlready(waiting)
        check_ahead(on, "next_on")
        move(drill, DrillState.RESCHEDULED)
        return Drill.objects.create(plan=plan, kind=drill.kind, scheduled_on=on)


def call_off_drill(plan: ContingencyPlan, *, by: User | None, reason: str) -> None:
    """With its plan."""
    with acting(by, "drill.missed", reason):
        for drill in plan.drills.scheduled():
            move(drill, DrillState.MISSED, missed_reason=reason)


def _next_due(found: DrillFound, plan: ContingencyPlan) -> date:
    if found.next_on:
        return found.next_on
    today = timezone.localdate()
    if found.result == DrillResult.FAIL:
        return today + AGAIN_WITHIN
    return max(months_after(found.held_on, plan.drill_months), today)


def _timings(version: ContingencyVersion, took: Mapping[int, int | None]) -> list[dict[str, Any]]:
    """Each step as it is written now, with the minutes that it is given and those that it took."""
    return [
        {
            "seq": step.seq, "zh": step.text_zh, "en": step.text_en, "target": step.minute,
            "took": took[step.seq],
        }
        for step in version.steps.all()
        if step.seq in took
    ]  # fmt: skip
