"""Shortest ways to contingency plans, their drills and gaps."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from assessments.models import ContingencyPlan, Drill
from assessments.services import (
    ContingencyContent,
    ContingencyDraft,
    DrillFound,
    GapFound,
    StepText,
    TriggerText,
    create_contingency_plan,
    hold_drill,
    put_in_force,
)
from riskhub.audit.context import acting
from riskhub.audit.transitions import move


def days(count):
    """So many days from today."""
    return timezone.localdate() + timedelta(days=count)


def content(department, **facts):
    """One trigger, a department that is responsible, two steps."""
    values = {
        "responsible_department": department,
        "triggers": [TriggerText(text_zh="有人受伤", text_en="119 / 120")],
        "steps": [
            StepText(minute=0, text_zh="拨打120", text_en="Call 120", phone="120"),
            StepText(minute=30, text_zh="派人到场", text_en="Send someone", department=department),
        ],
    }
    return ContingencyContent(**values | facts)


def make_contingency(department, *, by, in_force=True, said=None, **fields):
    values = {"name_zh": "人身伤害预案", "name_en": "Injury"} | fields
    draft = ContingencyDraft(
        owner_department=department, content=said or content(department), **values
    )
    plan = create_contingency_plan(draft, by=by)
    if in_force:
        put_in_force(plan, by=by)
    return stored(plan)


def make_unmeasured(department, *, by, said, **fields):
    """In force without being asked whether its card has one page."""
    plan = make_contingency(department, by=by, in_force=False, said=said, **fields)
    with acting(by, "test"):
        move(plan.draft, "in_force", in_force_from=timezone.localdate())
    return stored(plan)


def drill(plan, result="pass", *, by, gaps=None, **facts):
    """The scheduled drill, held today."""
    if gaps is None:
        gaps = [GapFound(text="电话没人接", owner=by, due_on=days(10))] if result != "pass" else []
    values = {"held_on": timezone.localdate(), "attendance": 6, "took": {1: 2}} | facts
    found = DrillFound(result=result, gaps=gaps, **values)
    return hold_drill(Drill.objects.scheduled().get(plan=plan), found, by=by)


def lose_next(plan):
    """As plans were left before a new day was asked for: without a drill to come."""
    with acting(None, "test"):
        plan.drills.scheduled().update(state="missed", missed_reason="台风")


def put_on(drill_, day):
    with acting(None, "test"):
        Drill.objects.filter(pk=drill_.pk).update(scheduled_on=day)
    drill_.refresh_from_db()


def stored(plan):
    """As it is now, with its drills."""
    return ContingencyPlan.objects.for_list().get(pk=plan.pk)


def at_once():
    """What holds at the end of a transaction is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
