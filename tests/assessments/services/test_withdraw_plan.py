"""Withdrawing a plan: what ends with it, and what it needs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.permissions import authors_since_approval
from assessments.services import (
    PlanIncomplete,
    decide_plan,
    discard_version,
    finish_action,
    save_plan,
    submit_plan,
    withdraw_plan,
)
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from tests.assessments.events import events_of
from tests.assessments.services.test_plans import changed
from tests.builders import assess, make_plan

pytestmark = pytest.mark.django_db


def approve(plan, by, comment="同意"):
    plan.refresh_from_db()
    return decide_plan(
        plan, by=by, decision="approved", content_hash=plan.head.content_hash, comment=comment
    )


def test_withdrawing_ends_it_with_its_actions(high_risk, risk_manager, approver):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    plan.refresh_from_db()
    withdraw_plan(plan, by=risk_manager, reason=" 业务停止 ", version=plan.row_version)
    plan.refresh_from_db()
    assert (plan.state, plan.ended_reason, plan.in_force) == ("withdrawn", "业务停止", None)
    assert [a.state for a in plan.actions.all()] == ["cancelled"]
    high_risk.refresh_from_db()
    assert (high_risk.state, high_risk.plan_strategy, high_risk.plan_state) == ("assessed", "", "")
    (event,) = events_of(plan, action="plan.withdrawn")
    assert event["reason"].strip() == "业务停止"
    assert make_plan(high_risk, by=risk_manager).code == "RP-002"


def test_withdrawing_needs_a_reason_and_the_version_seen(high_risk, risk_manager):
    plan = make_plan(high_risk, by=risk_manager)
    with pytest.raises(PlanIncomplete):
        withdraw_plan(plan, by=risk_manager, reason="")
    with pytest.raises(StaleVersion):
        withdraw_plan(plan, by=risk_manager, reason="x", version=plan.row_version - 1)


def test_losing_its_plan_does_not_make_a_risk_assessed(risk, risk_manager):
    plan = make_plan(risk, by=risk_manager)
    withdraw_plan(plan, by=risk_manager, reason="先评估")
    risk.refresh_from_db()
    assert (risk.state, risk.plan_state) == ("identified", "")


# ---------- only the further version ----------


@pytest.fixture
def rewritten(high_risk, risk_manager, head_cleaning, approver):
    """Version 1 is in force, version 2 is being written."""
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    approve(plan, approver)
    plan.refresh_from_db()
    wording = changed(plan, objective="改", strategy="avoid", avoid_what="停做")
    save_plan(plan, by=head_cleaning, version=None, content=wording)
    plan.refresh_from_db()
    return plan


def test_a_version_given_up_leaves_what_is_in_force(rewritten, high_risk, risk_manager):
    plan = discard_version(
        rewritten, by=risk_manager, reason="不改了", version=rewritten.row_version
    )
    plan.refresh_from_db()
    assert (plan.state, plan.head, plan.head.number) == ("approved", plan.in_force, 1)
    assert [action.state for action in plan.actions.all()] == ["open"]
    assert list(plan.versions.values_list("number", flat=True)) == [1, 2]
    high_risk.refresh_from_db()
    assert (high_risk.plan_strategy, high_risk.plan_state) == ("mitigate", "approved")
    (event,) = events_of(plan, action="plan.kept_in_force")
    assert event["after"]["state"] == "approved"


def test_its_author_still_does_not_approve_the_next(rewritten, risk_manager, head_cleaning):
    plan = discard_version(rewritten, by=risk_manager, reason="不改了")
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="第三版"))
    plan.refresh_from_db()
    assert plan.head.number == 3
    assert authors_since_approval(plan) == {head_cleaning.pk, risk_manager.pk}


def test_what_was_begun_meanwhile_goes_on(rewritten, risk_manager):
    finish_action(rewritten.actions.get(), by=risk_manager, note="照旧版做完")
    plan = discard_version(rewritten, by=risk_manager, reason="不改了")
    assert plan.state == "completed"


def test_sent_back_by_management_it_may_be_given_up(rewritten, risk_manager, approver):
    wording = changed(rewritten, strategy="mitigate")
    save_plan(rewritten, by=risk_manager, version=None, content=wording)
    submit_plan(rewritten, by=risk_manager)
    rewritten.refresh_from_db()
    shown = rewritten.head.content_hash
    decide_plan(rewritten, by=approver, decision="changes", content_hash=shown, comment="再想想")
    assert discard_version(rewritten, by=risk_manager, reason="不改了").state == "approved"


def test_only_what_is_being_written_beside_what_is_in_force(high_risk, risk_manager, approver):
    plan = make_plan(high_risk, by=risk_manager)
    with pytest.raises(WrongState):
        discard_version(plan, by=risk_manager, reason="不改了")
    submit_plan(plan, by=risk_manager)
    approve(plan, approver)
    with pytest.raises(WrongState):
        discard_version(plan, by=risk_manager, reason="不改了")


def test_giving_up_says_why_and_of_what_was_seen(rewritten, risk_manager):
    with pytest.raises(PlanIncomplete):
        discard_version(rewritten, by=risk_manager, reason=" ")
    with pytest.raises(StaleVersion):
        discard_version(rewritten, by=risk_manager, reason="不改了", version=1)


def test_an_acceptance_that_ended_meanwhile_is_over(risk, risk_manager, approver, time_machine):
    assess(risk, (3, 1), (3, 1), by=risk_manager)
    until = (timezone.localdate() + timedelta(days=3)).isoformat()
    facts = {"accept_reason": "成本过高", "accept_until": until, "actions": ()}
    plan = make_plan(risk, by=risk_manager, submitted=True, strategy="accept", **facts)
    approve(plan, approver)
    plan.refresh_from_db()
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="改"))
    time_machine.move_to(timezone.now() + timedelta(days=9))
    assert discard_version(plan, by=risk_manager, reason="不改了").state == "expired"
