"""The one next step on the page of a risk, for each person and each moment of its life."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from assessments.risk_page import actions_on, standing_picture, step_facts_of
from assessments.services import confirm_assessment, save_plan, submit_plan
from registers.services import close_risk, reopen_risk
from registers.steps import steps_of
from tests.assessments.services.test_decisions import decide
from tests.assessments.services.test_plans import approve, changed
from tests.builders import assess, make_plan
from tests.cast import make_user

pytestmark = pytest.mark.django_db


CAST = (
    "risk_manager", "second_manager", "approver", "head_cleaning", "staff_cleaning", "auditor",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def next_steps(request):
    """{who: label of the filled button} for those who have one."""

    def ask(risk):
        risk.refresh_from_db()
        found = {}
        for name in CAST:
            actions = actions_on(request.getfixturevalue(name), risk)
            if primary := [str(action.label) for action in actions if action.is_primary]:
                assert len(primary) == 1
                found[name] = primary[0]
        return found

    return ask


def test_first_it_is_assessed(risk, next_steps):
    assert next_steps(risk) == dict.fromkeys(
        ("risk_manager", "second_manager", "head_cleaning"), "Assess"
    )


def test_then_another_person_confirms(risk, risk_manager, next_steps):
    assess(risk, (5, 5), (4, 3), by=risk_manager)
    assert next_steps(risk) == {
        "second_manager": "Confirm the assessment", "approver": "Confirm the assessment",
    }  # fmt: skip


def test_then_a_plan_is_written(high_risk, next_steps):
    writers = ("risk_manager", "second_manager", "head_cleaning", "staff_cleaning")
    assert next_steps(high_risk) == dict.fromkeys(writers, "Write a plan")


def test_then_it_is_submitted_decided_and_changed(high_risk, risk_manager, approver, next_steps):
    plan = make_plan(high_risk, by=risk_manager)
    submitters = ("risk_manager", "second_manager", "head_cleaning")
    assert next_steps(high_risk) == dict.fromkeys(submitters, "Check and submit the plan")
    submit_plan(plan, by=risk_manager)
    assert next_steps(high_risk) == {"approver": "Decide on the plan"}
    decide(plan, approver, "changes")
    writers = (*submitters, "staff_cleaning")
    assert next_steps(high_risk) == dict.fromkeys(writers, "Change the plan")
    plan.refresh_from_db()
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="改"))
    submit_plan(plan, by=risk_manager)
    approve(plan, approver)
    assert next_steps(high_risk) == {}


def test_a_low_risk_asks_for_nothing(low_risk, risk_manager, next_steps):
    assert next_steps(low_risk) == {}
    assert [str(a.label) for a in actions_on(risk_manager, low_risk)] == [
        "Assess again",
        "Write a plan",
    ]


def test_an_overdue_review_comes_first(high_risk, next_steps, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=200))
    assessors = ("risk_manager", "second_manager", "head_cleaning")
    assert next_steps(high_risk) == dict.fromkeys(assessors, "Assess again")


def test_what_was_opened_again_is_assessed_again(low_risk, risk_manager, next_steps):
    close_risk(low_risk, by=risk_manager, reason="不再提供")
    reopen_risk(low_risk, by=risk_manager, reason="又提供了")
    low_risk.refresh_from_db()
    assert set(next_steps(low_risk).values()) == {"Assess again"}
    assert low_risk.next_review_on == timezone.localdate()
    facts = {step.name: (step.place, step.fact) for step in steps_of(low_risk, {})}
    assert facts["Assessed"] == ("", "")


def test_a_closed_risk_asks_for_nothing(low_risk, risk_manager):
    close_risk(low_risk, by=risk_manager, reason="停止")
    low_risk.refresh_from_db()
    assert actions_on(risk_manager, low_risk) == []


def test_the_facts_of_the_step_bar(risk, risk_manager, approver):
    assert step_facts_of(risk) == {}
    assess(risk, (5, 5), (4, 3), by=risk_manager)
    assert step_facts_of(risk) == {"assessed": "waits for 马文斌"}
    confirm_assessment(risk.assessments.get(), by=approver)
    plan = make_plan(risk, by=risk_manager)
    assert step_facts_of(risk) == {"responding": "RP-001, Draft"}
    submit_plan(plan, by=risk_manager)
    assert step_facts_of(risk) == {"responding": "RP-001 waits for 马文斌"}


def test_the_facts_where_nobody_can_decide(risk, risk_manager):
    assess(risk, (5, 5), (4, 3), by=risk_manager)
    assert step_facts_of(risk) == {"assessed": "waits for confirmation"}
    other = make_user("second", "李强", "risk_manager")
    confirm_assessment(risk.assessments.get(), by=other)
    make_plan(risk, by=risk_manager, submitted=True)
    assert step_facts_of(risk) == {"responding": "RP-001, Waiting for approval"}


def test_the_small_matrix(risk, risk_manager, second_manager, django_assert_num_queries):
    assert standing_picture(risk_manager, risk) == ""
    assess(risk, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager, target=(2, 3))
    with django_assert_num_queries(2):
        picture = standing_picture(risk_manager, risk)
    assert "R001: inherent (5, 3), residual (4, 3), target (2, 3)" in picture
