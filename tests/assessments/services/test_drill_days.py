"""By which day the next drill is held: nobody pushes it beyond that, and no plan is left without one."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils.translation import override

from assessments.contingency.feasibility import months_after
from assessments.models import Drill
from assessments.services import (
    edit_contingency_plan,
    latest_drill,
    miss_drill,
    put_in_force,
    schedule_drill,
)
from assessments.services.drill_days import Latest
from riskhub.company.calendar import working_day_by, working_day_from
from tests.contingency import content, days, drill, lose_next, make_contingency, put_on

pytestmark = pytest.mark.django_db
SATURDAY, SUNDAY, MONDAY = date(2026, 11, 28), date(2026, 11, 29), date(2026, 11, 30)


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager, drill_months=6)


def waiting(plan):
    return Drill.objects.scheduled().get(plan=plan)


def moved(plan, day, *, by):
    return miss_drill(waiting(plan), by=by, reason="台风", next_on=day)


def refused(plan, day, *, by):
    with pytest.raises(ValidationError) as refusal, override("en"):
        moved(plan, day, by=by)
    assert list(refusal.value.message_dict) == ["next_on"]
    return refusal.value.message_dict["next_on"][0]


def test_after_a_failure_moving_it_stretches_nothing(plan, risk_manager):
    drill(plan, "fail", by=risk_manager, next_on=days(10))
    assert moved(plan, days(60), by=risk_manager).scheduled_on == days(60)
    assert "within 60 days" in refused(plan, days(61), by=risk_manager)


def test_nor_does_missing_it(plan, risk_manager):
    drill(plan, "fail", by=risk_manager)
    put_on(waiting(plan), days(-1))
    assert "within 60 days" in refused(plan, days(61), by=risk_manager)
    moved(plan, days(20), by=risk_manager)
    assert "within 60 days" in refused(plan, days(61), by=risk_manager)


@pytest.mark.parametrize("result", ["pass", "partly", ""])
def test_else_it_is_held_within_the_interval(plan, risk_manager, result):
    if result:
        drill(plan, result, by=risk_manager)
    until = latest_drill(plan).day
    assert moved(plan, until, by=risk_manager).scheduled_on == until
    assert "every 6 months" in refused(
        plan, date.fromordinal(until.toordinal() + 1), by=risk_manager
    )


def test_recording_it_sets_no_later_day_either(plan, risk_manager):
    with pytest.raises(ValidationError) as refusal, override("en"):
        drill(plan, by=risk_manager, next_on=days(200))
    assert "every 6 months" in refusal.value.message_dict["next_on"][0]


def test_where_that_day_is_past_it_is_held_within_a_week(plan, risk_manager):
    with time_machine.travel(f"{days(200)} 04:00Z", tick=False):
        assert moved(plan, days(7), by=risk_manager).scheduled_on == days(7)
        assert "is past" in refused(plan, days(8), by=risk_manager)


def test_a_plan_without_a_drill_gets_one_within_the_same_days(plan, risk_manager):
    drill(plan, "fail", by=risk_manager)
    lose_next(plan)
    with pytest.raises(ValidationError) as refusal:
        schedule_drill(plan, by=risk_manager, on=days(61))
    assert list(refusal.value.message_dict) == ["scheduled_on"]
    assert schedule_drill(plan, by=risk_manager, on=days(60)).scheduled_on == days(60)


def test_moved_before_its_day_or_not_held_after_it(plan, risk_manager):
    first = waiting(plan)
    put_on(first, days(0))
    second = moved(plan, days(5), by=risk_manager)
    put_on(second, days(-1))
    third = moved(plan, days(5), by=risk_manager)
    states = [Drill.objects.get(pk=one.pk).state for one in (first, second, third)]
    assert states == ["rescheduled", "missed", "scheduled"]


def test_sundays_are_not_proposed():
    assert [working_day_by(day) for day in (SATURDAY, SUNDAY, MONDAY)] == [
        SATURDAY, SATURDAY, MONDAY,
    ]  # fmt: skip
    assert [working_day_from(day) for day in (SATURDAY, SUNDAY, MONDAY)] == [
        SATURDAY, MONDAY, MONDAY,
    ]  # fmt: skip


@time_machine.travel("2026-11-22 04:00Z", tick=False)
def test_what_is_proposed_is_neither_past_nor_too_late():
    assert Latest(SUNDAY, "").proposed == SATURDAY
    assert Latest(date(2026, 11, 22), "").proposed == date(2026, 11, 22)
    assert Latest(MONDAY, "").in_days(7) == MONDAY
    assert Latest(SUNDAY, "").in_days(7) == SATURDAY


@time_machine.travel("2026-05-29 04:00Z", tick=False)
def test_the_next_one_is_scheduled_on_a_working_day(risk_manager, ops):
    plan = make_contingency(ops, by=risk_manager, drill_months=6)
    assert waiting(plan).scheduled_on == SATURDAY
    drill(plan, by=risk_manager)
    assert waiting(plan).scheduled_on == SATURDAY
    assert latest_drill(plan).day == SUNDAY


def test_before_it_is_in_force_its_days_begin_today(risk_manager, ops):
    draft = make_contingency(ops, by=risk_manager, in_force=False, drill_months=6)
    begun = latest_drill(draft)
    put_in_force(draft, by=risk_manager)
    assert latest_drill(draft) == begun


def test_drilled_more_often_the_next_one_is_drawn_nearer(risk_manager, ops):
    plan = make_contingency(ops, by=risk_manager, drill_months=12)
    far = waiting(plan).scheduled_on
    for months, is_nearer in ((12, False), (6, True), (12, True)):
        edit_contingency_plan(
            plan, content(ops), by=risk_manager, version=None, drill_months=months
        )
        assert (waiting(plan).scheduled_on < far) == is_nearer
    assert waiting(plan).scheduled_on == working_day_by(months_after(days(0), 6))
