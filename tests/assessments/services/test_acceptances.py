"""A risk is accepted until a day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import ReassessmentTask
from assessments.plans.content import PlanContent
from assessments.services import decide_plan, save_plan, submit_plan
from assessments.services.acceptances import expire_acceptance
from registers.choices import PlanState
from registers.models import Risk
from riskhub.work.services import sweep_work
from tests.assessments.events import actions_of
from tests.builders import make_plan

pytestmark = pytest.mark.django_db
ACCEPT = {"strategy": "accept", "accept_reason": "成本高于损失", "actions": ()}


def approve(plan, approver):
    plan.refresh_from_db()
    decide_plan(
        plan, by=approver, decision="approved", content_hash=plan.head.content_hash, comment="同意"
    )
    plan.refresh_from_db()


@pytest.fixture
def accepted(high_risk, risk_manager, approver):
    """High, accepted until in ten days."""
    until = (timezone.localdate() + timedelta(days=10)).isoformat()
    plan = make_plan(high_risk, by=risk_manager, submitted=True, accept_until=until, **ACCEPT)
    approve(plan, approver)
    assert plan.state == PlanState.APPROVED
    return plan


def later(time_machine, days):
    time_machine.move_to(timezone.now() + timedelta(days=days))
    sweep_work()


def state_of(plan):
    plan.refresh_from_db()
    return plan.state


def test_on_its_last_day_it_holds_and_the_day_after_it_is_over(accepted, time_machine):
    later(time_machine, 10)
    assert (state_of(accepted), ReassessmentTask.objects.count()) == (PlanState.APPROVED, 0)
    later(time_machine, 1)
    assert state_of(accepted) == PlanState.EXPIRED
    task = ReassessmentTask.objects.get()
    assert (task.risk, task.reason, task.ref) == (
        accepted.risk, "acceptance", f"version:{accepted.in_force_id}",
    )  # fmt: skip
    assert task.label_en.startswith("RP-001, ")
    assert Risk.objects.get(pk=accepted.risk_id).plan_state == PlanState.EXPIRED
    assert "plan.expired" in actions_of(accepted)


def test_once_however_often_it_is_derived(accepted, time_machine):
    later(time_machine, 11)
    sweep_work()
    sweep_work()
    assert actions_of(accepted).count("plan.expired") == 1
    assert ReassessmentTask.objects.count() == 1


def test_while_a_new_version_is_written_only_the_task_is_opened(
    accepted, risk_manager, time_machine
):
    content = PlanContent.parse(accepted.head.content)
    changed = PlanContent(**vars(content) | {"objective": "换一种说法"})
    save_plan(accepted, by=risk_manager, content=changed, version=accepted.row_version)
    later(time_machine, 11)
    assert state_of(accepted) == PlanState.DRAFT
    assert ReassessmentTask.objects.get().reason == "acceptance"


def test_what_a_rejected_version_brings_back_expires_after_all(
    accepted, risk_manager, approver, time_machine
):
    content = PlanContent.parse(accepted.head.content)
    until = (timezone.localdate() + timedelta(days=90)).isoformat()
    changed = PlanContent(**vars(content) | {"accept_until": until})
    save_plan(accepted, by=risk_manager, content=changed, version=accepted.row_version)
    accepted.refresh_from_db()
    submit_plan(accepted, by=risk_manager)
    later(time_machine, 11)
    assert state_of(accepted) == PlanState.SUBMITTED
    decide_plan(
        accepted, by=approver, decision="rejected", content_hash=accepted.head.content_hash,
        comment="不再接受",
    )  # fmt: skip
    assert state_of(accepted) == PlanState.EXPIRED  # at once: its day is over
    sweep_work()
    assert state_of(accepted) == PlanState.EXPIRED
    assert ReassessmentTask.objects.count() == 1


def test_of_a_version_that_is_no_more_in_force_nothing_expires(
    accepted, high_risk, risk_manager, approver
):
    former = accepted.in_force
    content = replace(PlanContent.parse(former.content), accept_reason="换了做法")
    submit_plan(
        save_plan(accepted, by=risk_manager, version=None, content=content), by=risk_manager
    )
    approve(accepted, approver)
    expire_acceptance(accepted, former)
    assert (state_of(accepted), ReassessmentTask.objects.count()) == (PlanState.APPROVED, 0)
