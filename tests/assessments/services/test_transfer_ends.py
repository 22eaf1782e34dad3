"""A policy that ends under a plan."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import ReassessmentTask
from assessments.services import decide_plan, waive_reassessment
from registers.services.transfers import edit_transfer, end_transfer, reopen_transfer
from riskhub.notices.models import Notice
from riskhub.work.services import sweep_work
from tests.builders import make_plan, make_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(risk_manager):
    return make_policy(by=risk_manager)


@pytest.fixture
def plan(high_risk, policy, risk_manager, approver):
    """In force; it passes the risk on to the policy."""
    plan = make_plan(
        high_risk, by=risk_manager, submitted=True, strategy="transfer",
        transfers=(f"policy:{policy.pk}",), transfer_to="保险公司", transfer_by="保单",
        transfer_share=80, transfer_stays="免赔额",
    )  # fmt: skip
    decide_plan(
        plan, by=approver, decision="approved", content_hash=plan.head.content_hash, comment="好"
    )
    return plan


def later(time_machine, days):
    time_machine.move_to(timezone.now() + timedelta(days=days))
    sweep_work()


def tasks():
    return list(ReassessmentTask.objects.filter(reason="policy"))


def test_on_its_last_day_it_holds_and_the_day_after_the_risk_is_judged_again(
    plan, policy, time_machine
):
    later(time_machine, 10)
    assert tasks() == []
    later(time_machine, 1)
    (task,) = tasks()
    assert (task.risk, task.label_en) == (plan.risk, "RP-001: P-1 Liability")
    assert Notice.objects.get(kind="plan_needs_attention").user == plan.owner


def test_once_and_not_again_when_it_is_waived(plan, risk_manager, time_machine):
    later(time_machine, 11)
    sweep_work()
    (task,) = tasks()
    waive_reassessment(task, by=risk_manager, reason="保单正在续保，下周生效")
    later(time_machine, 1)
    assert len(tasks()) == 1


def test_ended_by_hand_counts_too(plan, policy, risk_manager):
    end_transfer(policy, by=risk_manager)
    sweep_work()
    sweep_work()
    assert len(tasks()) == 1


@pytest.mark.parametrize("by_hand", [True, False])
def test_taken_into_use_again_its_next_end_counts_too(
    plan, policy, risk_manager, time_machine, by_hand
):
    """Also where the new end is the same day, or none."""
    end_transfer(policy, by=risk_manager)
    sweep_work()
    (first,) = tasks()
    waive_reassessment(first, by=risk_manager, reason="保单正在续保，下周生效")
    reopen_transfer(policy, by=risk_manager)
    sweep_work()
    assert len(tasks()) == 1
    if by_hand:
        end_transfer(policy, by=risk_manager)
        sweep_work()
    else:
        later(time_machine, 11)
    assert len(tasks()) == 2
    assert Notice.objects.filter(kind="plan_needs_attention").count() == 2


def test_prolonged_after_its_end_it_ends_once_more(plan, policy, risk_manager, time_machine):
    later(time_machine, 11)
    waive_reassessment(tasks()[0], by=risk_manager, reason="保单正在续保，下周生效")
    policy.refresh_from_db()
    until = timezone.localdate() + timedelta(days=20)
    edit_transfer(policy, by=risk_manager, version=None, valid_until=until)
    sweep_work()
    assert len(tasks()) == 1
    policy.refresh_from_db()
    assert policy.renewals == 1
    later(time_machine, 21)
    assert len(tasks()) == 2


def test_what_no_plan_rests_on_asks_for_nothing(policy, high_risk, time_machine):
    later(time_machine, 30)
    assert tasks() == []
