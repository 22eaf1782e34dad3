from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from assessments.models import ResponsePlan
from assessments.plans.content import PlanContent, PlannedAction
from assessments.services import (
    HasLivePlan,
    PlanIncomplete,
    create_plan,
    decide_plan,
    finish_action,
    save_plan,
    submit_plan,
    withdraw_plan,
)
from registers.closing import NotOpen
from registers.models import RiskArea
from registers.services import close_risk
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.notices.models import Notice
from tests.assessments.events import actions_of, events_of
from tests.builders import assess, avoiding, make_plan, make_risk

pytestmark = pytest.mark.django_db


def tomorrow():
    return (timezone.localdate() + timedelta(days=1)).isoformat()


def content_of(plan):
    return PlanContent.parse(plan.head.content)


def changed(plan, **fields):
    return PlanContent(**(vars(content_of(plan)) | fields))


def approve(plan, by, comment="同意"):
    plan.refresh_from_db()
    return decide_plan(
        plan, by=by, decision="approved", content_hash=plan.head.content_hash, comment=comment
    )


# ---------- drafts ----------


def test_a_draft_gets_the_next_number_and_shows_on_the_risk(high_risk, staff_cleaning):
    plan = make_plan(high_risk, by=staff_cleaning)
    assert (plan.code, plan.state, plan.owner) == ("RP-001", "draft", staff_cleaning)
    assert (plan.head.number, plan.head.strategy, plan.head.is_frozen) == (1, "mitigate", False)
    assert [a.user for a in plan.head.authors.all()] == [staff_cleaning]
    high_risk.refresh_from_db()
    assert (high_risk.state, high_risk.plan_strategy, high_risk.plan_state) == (
        "assessed", "mitigate", "draft",
    )  # fmt: skip
    assert actions_of(plan) == ["plan.created", "plan.created"]


def test_one_living_plan_per_risk(high_risk, risk_manager):
    plan = make_plan(high_risk, by=risk_manager)
    with pytest.raises(HasLivePlan) as refused:
        make_plan(high_risk, by=risk_manager)
    assert refused.value.plan == plan
    assert ResponsePlan.objects.count() == 1


def test_no_plan_for_a_closed_risk(risk, risk_manager):
    close_risk(risk, by=risk_manager, reason="业务停止")
    with pytest.raises(NotOpen):
        make_plan(risk, by=risk_manager)


def test_saving_a_draft_keeps_the_version_and_adds_the_author(
    high_risk, risk_manager, head_cleaning
):
    plan = make_plan(high_risk, by=risk_manager)
    save_plan(
        plan, by=head_cleaning, version=plan.row_version, content=changed(plan, objective="x")
    )
    plan.refresh_from_db()
    assert (plan.head.number, content_of(plan).objective) == (1, "x")
    assert {a.user for a in plan.head.authors.all()} == {risk_manager, head_cleaning}
    (event,) = events_of(plan, action="plan.edited")
    assert event["actor_name"] == "周立"


def test_saving_the_same_words_changes_nothing(high_risk, risk_manager, head_cleaning):
    plan = make_plan(high_risk, by=risk_manager)
    save_plan(plan, by=head_cleaning, version=plan.row_version, content=content_of(plan))
    assert {a.user for a in plan.head.authors.all()} == {risk_manager}
    assert actions_of(plan) == ["plan.created", "plan.created"]


def test_a_stale_save_is_refused(high_risk, risk_manager):
    plan = make_plan(high_risk, by=risk_manager)
    read = plan.row_version
    save_plan(plan, by=risk_manager, version=read, content=changed(plan, objective="先"))
    with pytest.raises(StaleVersion):
        save_plan(plan, by=risk_manager, version=read, content=changed(plan, objective="后"))
    plan.refresh_from_db()
    assert content_of(plan).objective == "先"


def test_an_ended_plan_is_not_changed(high_risk, risk_manager):
    plan = make_plan(high_risk, by=risk_manager)
    withdraw_plan(plan, by=risk_manager, reason="换思路")
    with pytest.raises(WrongState):
        save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="x"))
    assert content_of(plan).objective == "一年内降到中"


# ---------- submitting ----------


def test_a_high_plan_waits_for_the_approvers(high_risk, risk_manager, approver, second_manager):
    plan = make_plan(high_risk, by=risk_manager, submitted=True, target=(2, 3))
    head = plan.head
    assert (plan.state, head.is_frozen, head.submitted_by, head.requires_approval) == (
        "submitted", True, risk_manager, True,
    )  # fmt: skip
    assert (head.scheme_id, head.residual_level, head.target_level) == (1, 2, 1)
    high_risk.refresh_from_db()
    assert (high_risk.state, high_risk.plan_state) == ("assessed", "submitted")
    assert [n.user for n in Notice.objects.filter(kind="plan_waiting")] == [approver]


def test_authors_are_not_asked_to_decide(high_risk, risk_manager, approver):
    plan = create_plan(high_risk, by=approver, content=avoiding())
    submit_plan(plan, by=risk_manager)
    assert not Notice.objects.filter(kind="plan_waiting").exists()


def test_submitting_twice_is_a_wrong_state(high_risk, risk_manager):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    with pytest.raises(WrongState):
        submit_plan(plan, by=risk_manager)


def test_submitting_what_one_has_not_seen_is_stale(high_risk, risk_manager):
    plan = make_plan(high_risk, by=risk_manager)
    read = plan.row_version
    save_plan(plan, by=risk_manager, version=read, content=changed(plan, objective="新"))
    with pytest.raises(StaleVersion):
        submit_plan(plan, by=risk_manager, version=read)


def test_a_low_plan_comes_into_force_at_once(low_risk, risk_manager):
    plan = make_plan(low_risk, by=risk_manager, submitted=True)
    assert (plan.state, plan.in_force, plan.head.requires_approval) == (
        "approved", plan.head, False,
    )  # fmt: skip
    assert [a.title for a in plan.actions.all()] == ["完工试压 10 分钟"]
    low_risk.refresh_from_db()
    assert (low_risk.state, low_risk.plan_state) == ("responding", "approved")
    assert not Notice.objects.exists()


def test_a_small_risk_is_accepted_without_anybody(low_risk, risk_manager):
    plan = make_plan(low_risk, by=risk_manager, submitted=True, strategy="accept", actions=())
    assert plan.state == "approved"
    low_risk.refresh_from_db()
    assert (low_risk.state, low_risk.plan_strategy) == ("monitored", "accept")


@pytest.mark.parametrize("scores", [(3, 1), (1, 3)])
def test_accepting_more_needs_reason_date_and_approval(risk, risk_manager, approver, scores):
    assess(risk, scores, scores, by=risk_manager)
    plan = make_plan(risk, by=risk_manager, strategy="accept", actions=())
    with pytest.raises(PlanIncomplete) as refused:
        submit_plan(plan, by=risk_manager)
    assert set(refused.value.faults) == {"accept_reason", "accept_until"}
    plan.refresh_from_db()
    accepted = changed(plan, accept_reason="成本过高", accept_until=tomorrow())
    save_plan(plan, by=risk_manager, version=None, content=accepted)
    submit_plan(plan, by=risk_manager)
    plan.refresh_from_db()
    assert (plan.state, plan.head.requires_approval, plan.head.accept_reason) == (
        "submitted", True, "成本过高",
    )  # fmt: skip
    assert plan.head.accept_until == date.fromisoformat(tomorrow())
    approve(plan, approver)
    risk.refresh_from_db()
    assert (risk.state, risk.plan_strategy) == ("monitored", "accept")


def test_a_stricter_area_needs_approval_below_the_line(register, risk_manager):
    area = RiskArea.objects.get(code="customer_safety")
    risk = make_risk(register, by=risk_manager, area=area)
    assess(risk, (2, 3), (2, 3), by=risk_manager)
    plan = make_plan(risk, by=risk_manager, submitted=True)
    assert (plan.head.residual_level, plan.head.requires_approval) == (1, True)


def test_an_unrated_risk_has_no_plan_to_submit(risk, risk_manager):
    plan = make_plan(risk, by=risk_manager)
    with pytest.raises(PlanIncomplete) as refused:
        submit_plan(plan, by=risk_manager)
    assert set(refused.value.faults) == {"strategy"}


def test_an_owner_who_left_is_named(high_risk, risk_manager, staff_cleaning):
    action = PlannedAction("a1", "培训", staff_cleaning.pk, tomorrow())
    plan = make_plan(high_risk, by=risk_manager, actions=(action,))
    staff_cleaning.is_active = False
    staff_cleaning.save()
    with pytest.raises(PlanIncomplete) as refused:
        submit_plan(plan, by=risk_manager)
    assert set(refused.value.faults) == {"actions"}


def test_done_actions_may_lie_in_the_past(high_risk, risk_manager, approver, time_machine):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    finish_action(plan.actions.get(), by=risk_manager, note="已做")
    time_machine.move_to(timezone.now() + timedelta(days=30))
    plan.refresh_from_db()
    more = (*content_of(plan).actions, PlannedAction("a2", "复训", risk_manager.pk, tomorrow()))
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, actions=more))
    assert submit_plan(plan, by=risk_manager).state == "submitted"


def test_a_late_action_that_runs_keeps_its_day_and_takes_no_other_that_is_past(
    high_risk, risk_manager, approver, time_machine
):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    time_machine.move_to(timezone.now() + timedelta(days=30))
    plan.refresh_from_db()
    (late,) = content_of(plan).actions
    day_before = date.fromisoformat(late.due_on) - timedelta(days=1)
    for action in (replace(late, due_on=day_before.isoformat()), replace(late, key="a9")):
        wording = changed(plan, objective="改", actions=(action,))
        save_plan(plan, by=risk_manager, version=None, content=wording)
        with pytest.raises(PlanIncomplete) as refused:
            submit_plan(plan, by=risk_manager)
        assert set(refused.value.faults) == {"actions"}
        plan.refresh_from_db()
    wording = changed(plan, objective="改", actions=(replace(late, title="完工试压 15 分钟"),))
    save_plan(plan, by=risk_manager, version=None, content=wording)
    assert submit_plan(plan, by=risk_manager).state == "submitted"


def test_a_closed_risk_takes_no_plan(low_risk, risk_manager):
    plan = make_plan(low_risk, by=risk_manager)
    close_risk(low_risk, by=risk_manager, reason="业务停止")
    with pytest.raises(NotOpen):
        submit_plan(plan, by=risk_manager)


# ---------- a new version ----------


def test_one_changed_word_voids_the_approval_and_work_goes_on(high_risk, risk_manager, approver):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    plan.refresh_from_db()
    save_plan(
        plan, by=risk_manager, version=plan.row_version,
        content=changed(plan, strategy="avoid", avoid_what="停做"),
    )  # fmt: skip
    plan.refresh_from_db()
    assert (plan.state, plan.head.number, plan.in_force.number) == ("draft", 2, 1)
    assert not plan.head.approvals.exists()
    high_risk.refresh_from_db()
    assert (high_risk.plan_strategy, high_risk.plan_state, high_risk.state) == (
        "mitigate", "draft", "responding",
    )  # fmt: skip
    finish_action(plan.actions.get(), by=risk_manager, note="照旧版做完")
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_changing_what_waits_takes_it_back(high_risk, risk_manager):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="改"))
    plan.refresh_from_db()
    assert (plan.state, plan.head.number, plan.head.is_frozen) == ("draft", 2, False)


def test_saving_what_waits_unchanged_leaves_it_waiting(high_risk, risk_manager):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    save_plan(plan, by=risk_manager, version=None, content=content_of(plan))
    plan.refresh_from_db()
    assert (plan.state, plan.head.number) == ("submitted", 1)


# ---------- withdrawing ----------
