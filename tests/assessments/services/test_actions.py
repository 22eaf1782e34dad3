import pytest
from django.core.exceptions import ValidationError

from assessments.plans.content import PlanContent, PlannedAction
from assessments.services import finish_action, save_plan, submit_plan, withdraw_plan
from riskhub.audit.transitions import WrongState
from tests.assessments.events import events_of
from tests.assessments.services.test_plans import approve, changed, tomorrow
from tests.builders import make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(high_risk, risk_manager, approver, staff_cleaning):
    actions = (
        PlannedAction("a1", "培训", staff_cleaning.pk, tomorrow()),
        PlannedAction("a2", "抽查", risk_manager.pk, tomorrow()),
    )
    made = make_plan(high_risk, by=risk_manager, submitted=True, actions=actions)
    approve(made, approver)
    made.refresh_from_db()
    return made


def test_the_first_done_puts_it_in_progress_the_last_completes_it(plan, high_risk, staff_cleaning):
    first = finish_action(plan.actions.get(key="a1"), by=staff_cleaning, note=" 12 人通过 ")
    assert (first.state, first.note, first.done_by) == ("done", "12 人通过", staff_cleaning)
    assert first.done_at is not None
    plan.refresh_from_db()
    high_risk.refresh_from_db()
    assert (plan.state, high_risk.state, high_risk.plan_state) == (
        "in_progress", "responding", "in_progress",
    )  # fmt: skip
    finish_action(plan.actions.get(key="a2"), by=staff_cleaning, note="已查")
    plan.refresh_from_db()
    high_risk.refresh_from_db()
    assert (plan.state, high_risk.state, high_risk.plan_state) == (
        "completed", "monitored", "completed",
    )  # fmt: skip
    (event,) = events_of(first, action="action.done")
    assert (event["actor_name"], event["after"]["note"]) == ("王芳", "12 人通过")


def test_done_needs_words(plan, staff_cleaning):
    with pytest.raises(ValidationError):
        finish_action(plan.actions.get(key="a1"), by=staff_cleaning, note=" ")


def test_done_twice_is_a_wrong_state(plan, staff_cleaning):
    action = plan.actions.get(key="a1")
    finish_action(action, by=staff_cleaning, note="已做")
    with pytest.raises(WrongState):
        finish_action(plan.actions.get(key="a1"), by=staff_cleaning, note="又做")


def test_what_a_withdrawn_plan_wanted_is_not_done(plan, risk_manager):
    action = plan.actions.get(key="a1")
    withdraw_plan(plan, by=risk_manager, reason="停止")
    with pytest.raises(WrongState):
        finish_action(action, by=risk_manager, note="已做")


def reapprove(plan, approver, risk_manager, *actions):
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, actions=actions))
    submit_plan(plan, by=risk_manager)
    approve(plan, approver)
    plan.refresh_from_db()
    return {a.key: (a.title, a.state) for a in plan.actions.all()}


def test_a_new_version_keeps_what_is_done_changes_and_cancels(plan, risk_manager, approver):
    finish_action(plan.actions.get(key="a1"), by=risk_manager, note="已做")
    plan.refresh_from_db()
    first = PlanContent.parse(plan.head.content).actions[0]
    third = PlannedAction("a3", "复训", risk_manager.pk, tomorrow())
    assert reapprove(plan, approver, risk_manager, first, third) == {
        "a1": ("培训", "done"), "a2": ("抽查", "cancelled"), "a3": ("复训", "open"),
    }  # fmt: skip
    assert plan.state == "in_progress"
    second = PlannedAction("a2", "每周抽查", risk_manager.pk, tomorrow())
    assert reapprove(plan, approver, risk_manager, first, second) == {
        "a1": ("培训", "done"), "a2": ("每周抽查", "open"), "a3": ("复训", "cancelled"),
    }  # fmt: skip


def test_a_new_version_whose_actions_are_all_done_is_complete(plan, risk_manager, approver):
    finish_action(plan.actions.get(key="a1"), by=risk_manager, note="已做")
    plan.refresh_from_db()
    first = PlanContent.parse(plan.head.content).actions[0]
    reapprove(plan, approver, risk_manager, first)
    assert plan.state == "completed"
