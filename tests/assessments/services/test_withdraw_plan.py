"""Withdrawing a plan: what ends with it, and what it needs."""

import pytest

from assessments.services import (
    PlanIncomplete,
    decide_plan,
    withdraw_plan,
)
from riskhub.audit.versions import StaleVersion
from tests.assessments.events import events_of
from tests.builders import make_plan

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
