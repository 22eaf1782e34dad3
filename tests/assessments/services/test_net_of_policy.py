"""A policy in force lowers the impact of a residual, and nothing else; when it ends, one judges again."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.utils import DatabaseError
from django.utils import timezone
from django.utils.translation import override

from assessments.effects import Effect, NetOf
from assessments.grounds import Basis, Score
from assessments.models import Assessment, ReassessmentTask
from assessments.services import (
    Scores,
    confirm_assessment,
    decide_plan,
    record_assessment,
    waive_reassessment,
)
from registers.models import InsurancePolicy
from registers.services.transfers import (
    edit_transfer,
    end_transfer,
    reopen_transfer,
)
from riskhub.work.services import sweep_work
from tests.assessments.events import events_of
from tests.assessments.services.test_basis import put_in
from tests.builders import cover, make_plan, make_policy

pytestmark = pytest.mark.django_db


def day(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def policy(risk_manager):
    return make_policy(by=risk_manager)


def judge(risk, by, pairs=((3, 3), (3, 2)), *, rationale="三起同类事件", **basis):
    scores = Scores(*pairs)
    return record_assessment(risk, by=by, scores=scores, rationale=rationale, basis=Basis(**basis))


def refused(risk, by, pairs=((3, 3), (3, 2)), **basis):
    with pytest.raises(ValidationError) as found, override("en"):
        judge(risk, by, pairs, **basis)
    assert not Assessment.objects.exists()
    return found.value.message_dict


def test_it_lowers_the_impact_and_what_was_counted_stays(risk, policy, risk_manager):
    made = judge(risk, risk_manager, net_of=NetOf(policy.pk, 1))
    edit_transfer(policy, by=risk_manager, version=policy.row_version, valid_until=day(300))
    made.refresh_from_db()
    counted = made.net_of_policy, made.policy_impact, made.policy_until
    assert counted == (policy, 1, day(10))
    assert [event["action"] for event in events_of(made)] == [
        "assessment.submitted", "assessment.confirmed",
    ]  # fmt: skip


def test_without_an_end_it_counts_too(risk, risk_manager):
    policy = make_policy(by=risk_manager, days=None)
    assert judge(risk, risk_manager, net_of=NetOf(policy.pk, 2)).policy_until is None


def test_it_never_lowers_the_probability(risk, policy, risk_manager):
    faults = refused(risk, risk_manager, ((3, 3), (2, 2)), net_of=NetOf(policy.pk, 1))
    assert list(faults) == ["residual_probability"]


def test_it_is_added_to_what_the_controls_give(risk, policy, risk_manager):
    cover(risk, (3, 4), (2, 3), by=risk_manager)
    net_of = NetOf(policy.pk, 1)
    assert list(refused(risk, risk_manager, ((3, 4), (2, 1)), net_of=net_of)) == ["rationale"]
    assert judge(risk, risk_manager, ((3, 4), (2, 2)), net_of=net_of).residual_impact == 2


@pytest.mark.parametrize("how", ["ended", "expired", "missing"])
def test_only_one_in_force_counts(risk, policy, risk_manager, time_machine, how):
    if how == "ended":
        end_transfer(policy, by=risk_manager)
    if how == "expired":
        time_machine.move_to(timezone.now() + timedelta(days=11))
    key = policy.pk + 1 if how == "missing" else policy.pk
    assert refused(risk, risk_manager, net_of=NetOf(key, 1)) == {
        "net_of_policy": ["Only a policy that is in force counts. Choose another one, or none."]
    }


@pytest.mark.parametrize("steps", [0, 3])
def test_by_1_or_2_steps(risk, policy, risk_manager, steps):
    faults = refused(risk, risk_manager, net_of=NetOf(policy.pk, steps))
    assert faults["policy_impact"] == ["A policy lowers the impact by 1 or 2 steps."]


def test_it_makes_no_injury_smaller_unless_a_control_does(risk, policy, risk_manager):
    dimensions = {"inherent": (Score("injury", 3),), "residual": (Score("injury", 2),)}
    said = "A policy makes no injury smaller. Keep its score, or count a control that lowers the impact."
    net_of = NetOf(policy.pk, 1)
    assert refused(risk, risk_manager, net_of=net_of, **dimensions) == {"net_of_policy": [said]}
    cover(risk, (3, 3), (3, 2), by=risk_manager)
    (link,) = risk.risk_controls.all()
    effects = (Effect(link.control_id, 0, 1),)
    assert judge(risk, risk_manager, net_of=net_of, effects=effects, **dimensions).pk


def test_money_may_be_smaller(risk, policy, risk_manager):
    dimensions = {"inherent": (Score("money", 3), Score("injury", 1)),
                  "residual": (Score("money", 2), Score("injury", 1))}  # fmt: skip
    assert judge(risk, risk_manager, net_of=NetOf(policy.pk, 1), **dimensions).pk


def test_the_database_refuses_what_does_not_hold(risk, policy, risk_manager):
    made = judge(risk, risk_manager, net_of=NetOf(policy.pk, 1))
    names = [field.attname for field in Assessment._meta.concrete_fields if not field.primary_key]
    fields = {name: getattr(made, name) for name in names}
    fields |= {"state": "rejected", "confirmed_at": None, "confirmed_by_id": None}
    none = {"net_of_policy_id": None, "policy_impact": 0, "policy_until": None}
    lower = {"residual_probability": 2, "residual_level": 0}
    refusals = {
        "assessment_net_of_policy_whole": {"policy_impact": 0},
        "is lower with controls, and counts none": none,
        "is lower with controls, and counts": lower,
        "counts a policy that is not in force": {"policy_until": None},
    }
    for said, change in refusals.items():
        with pytest.raises(DatabaseError, match=said):
            put_in(**fields | change)
    put_in(**fields)
    past = made.assessed_on - timedelta(days=1)
    InsurancePolicy.objects.filter(pk=policy.pk).update(valid_until=past)
    with pytest.raises(DatabaseError, match="assessment_net_of_policy_in_force"):
        put_in(**fields | {"policy_until": past})
    InsurancePolicy.objects.filter(pk=policy.pk).update(valid_until=day(10))
    end_transfer(policy, by=risk_manager)
    with pytest.raises(DatabaseError, match="counts a policy that is not in force"):
        put_in(**fields)


def later(time_machine, days):
    time_machine.move_to(timezone.now() + timedelta(days=days))
    sweep_work()


def tasks():
    return list(ReassessmentTask.objects.filter(reason="policy").order_by("pk"))


def test_the_day_after_its_last_the_risk_is_judged_again(risk, policy, risk_manager, time_machine):
    judge(risk, risk_manager, net_of=NetOf(policy.pk, 1))
    later(time_machine, 10)
    assert tasks() == []
    later(time_machine, 1)
    sweep_work()
    (task,) = tasks()
    assert (task.risk, task.label_zh, task.label_en, task.due_on) == (
        risk, "P-1 责任险", "P-1 Liability", day(14),
    )  # fmt: skip
    judge(risk, risk_manager, ((3, 3), (3, 3)))
    later(time_machine, 1)
    assert [one.state for one in tasks()] == ["done"]


def test_ended_again_after_a_new_judgement_asks_again(risk, policy, risk_manager):
    judge(risk, risk_manager, net_of=NetOf(policy.pk, 1))
    end_transfer(policy, by=risk_manager)
    sweep_work()
    (task,) = tasks()
    waive_reassessment(task, by=risk_manager, reason="保单正在续保，下周生效")
    sweep_work()
    assert len(tasks()) == 1
    reopen_transfer(policy, by=risk_manager)
    judge(risk, risk_manager, net_of=NetOf(policy.pk, 1))
    end_transfer(policy, by=risk_manager)
    sweep_work()
    assert [one.state for one in tasks()] == ["waived", "open"]


def test_a_plan_on_the_same_policy_asks_no_second_time(
    high_risk, policy, risk_manager, second_manager, approver
):
    made = judge(high_risk, risk_manager, ((5, 3), (5, 2)), net_of=NetOf(policy.pk, 1))
    confirm_assessment(made, by=second_manager)
    plan = make_plan(
        high_risk, by=risk_manager, submitted=True, strategy="transfer",
        transfers=(f"policy:{policy.pk}",), transfer_to="保险公司", transfer_by="保单",
        transfer_share=80, transfer_stays="免赔额",
    )  # fmt: skip
    decide_plan(
        plan, by=approver, decision="approved", content_hash=plan.head.content_hash, comment="好"
    )
    end_transfer(policy, by=risk_manager)
    sweep_work()
    sweep_work()
    assert len(tasks()) == 1
