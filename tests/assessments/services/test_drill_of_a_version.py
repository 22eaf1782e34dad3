"""A drill shows what people can do by the version in force on that day, and nothing of a later one."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from assessments.models import ContingencyPlan
from assessments.services import StepText, edit_contingency_plan, put_in_force
from tests.contingency import content, days, drill, make_contingency, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager, drill_months=6)


def rewritten(plan, *, by, in_force=True):
    edit_contingency_plan(plan, content(plan.owner_department), by=by, version=None)
    if in_force:
        put_in_force(plan, by=by)
    return stored(plan)


def lists_with(plan):
    rows, today = ContingencyPlan.objects.with_drills(), timezone.localdate()
    found = {
        "proven": rows.proven(today),
        "unproven": rows.unproven(today),
        "failed": rows.failed(),
    }
    return [word for word, plans in found.items() if plan in plans]


def test_a_new_version_is_not_proven_until_it_is_drilled(plan, risk_manager):
    drill(plan, by=risk_manager)
    assert rewritten(plan, by=risk_manager, in_force=False).feasibility == "proven"
    plan = rewritten(plan, by=risk_manager)
    assert (plan.feasibility, lists_with(plan)) == ("unproven", ["unproven"])
    drill(plan, by=risk_manager)
    assert (stored(plan).feasibility, lists_with(plan)) == ("proven", ["proven"])


def test_a_failure_is_not_written_away(plan, risk_manager):
    drill(plan, "fail", by=risk_manager)
    plan = rewritten(plan, by=risk_manager)
    assert (plan.feasibility, lists_with(plan)) == ("failed", ["failed"])


def test_told_later_it_is_a_drill_of_the_version_of_its_day(risk_manager, ops):
    with time_machine.travel(f"{days(-30)} 04:00Z", tick=False):
        plan = make_contingency(ops, by=risk_manager)
    with time_machine.travel(f"{days(-5)} 04:00Z", tick=False):
        steps = [StepText(minute=9, text_zh="新的步骤")]
        edit_contingency_plan(plan, content(ops, steps=steps), by=risk_manager, version=None)
        put_in_force(plan, by=risk_manager)
    of_the_first = drill(plan, by=risk_manager, held_on=days(-6), took={1: 2, 2: 31})
    assert (of_the_first.version.number, [one["took"] for one in of_the_first.timings]) == (
        1,
        [2, 31],
    )
    assert stored(plan).feasibility == "unproven"
    of_the_second = drill(plan, by=risk_manager, held_on=days(-5))
    assert (of_the_second.version.number, [one["target"] for one in of_the_second.timings]) == (
        2,
        [9],
    )
    assert stored(plan).feasibility == "proven"
    with pytest.raises(ValidationError) as refusal:
        drill(plan, by=risk_manager, held_on=days(-31))
    assert list(refusal.value.message_dict) == ["held_on"]


def test_minutes_are_given_up_to_a_week(plan, risk_manager):
    held = drill(plan, by=risk_manager, took={1: 7 * 24 * 60}, target_took=7 * 24 * 60)
    assert held.result == "pass"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"took": {1: None}}, "result"), ({"took": {1: 7 * 1440 + 1}}, "took"),
        ({"took": {1: 2, 9: 3}}, "took"),
        ({"target_took": 7 * 1440 + 1}, "took"),
    ],
)  # fmt: skip
def test_times_that_prove_nothing(plan, risk_manager, facts, field):
    with pytest.raises(ValidationError) as refusal:
        drill(plan, by=risk_manager, **facts)
    assert list(refusal.value.message_dict) == [field]


def test_a_pass_needs_half_of_the_steps(risk_manager, ops):
    steps = [StepText(minute=5, text_zh=f"步骤{number}") for number in range(5)]
    plan = make_contingency(ops, by=risk_manager, said=content(ops, steps=steps))
    with override("en"), pytest.raises(ValidationError) as refusal:
        drill(plan, by=risk_manager, took={1: 2, 2: 3, 3: None})
    assert "minutes of 2 of 5" in refusal.value.message_dict["result"][0]
    held = drill(plan, by=risk_manager, took={1: 2, 2: 3, 4: 4})
    assert [one["took"] for one in held.timings] == [2, 3, None, 4, None]
    assert drill(plan, "partly", by=risk_manager, took={}).result == "partly"


@pytest.mark.parametrize(
    ("result", "took", "field"),
    [
        ("pass", None, "target_took"), ("pass", 6, "result"), ("pass", 5, None), ("pass", 0, None),
        ("partly", None, None), ("fail", 6, None),
    ],
)  # fmt: skip
def test_a_pass_reaches_in_time_what_is_timed(risk_manager, ops, result, took, field):
    said = content(ops, target_zh="电话有人接", target_en="Somebody answers", target_minutes=5)
    plan = make_contingency(ops, by=risk_manager, said=said)
    if field is None:
        assert drill(plan, result, by=risk_manager, target_took=took).target_took == took
        return
    with pytest.raises(ValidationError) as refusal:
        drill(plan, result, by=risk_manager, target_took=took)
    assert list(refusal.value.message_dict) == [field]
    assert stored(plan).feasibility == "unproven"
