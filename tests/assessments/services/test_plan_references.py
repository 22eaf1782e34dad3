"""What a plan refers to: a step of the service, policies, clauses and suppliers, a contingency plan."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.models import TransferLink
from assessments.plans.content import PlanContent, PlannedAction
from assessments.plans.names import transfer_key
from assessments.services import PlanIncomplete, create_plan, submit_plan
from assessments.services.plan_references import reference_faults
from registers.models import ContractClause, InsurancePolicy, RiskArea
from registers.services import edit_risk
from riskhub.audit.context import acting
from tests.assessments.changing import bring, make_change
from tests.builders import avoiding, make_policy
from tests.contingency import make_contingency

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(risk_manager):
    return make_policy(by=risk_manager, days=0, name_zh="公众责任险", name_en="Public liability")


@pytest.fixture
def clause(risk_manager):
    with acting(risk_manager, "transfer.entered"):
        return ContractClause.objects.create(code="C-1", name_zh="责任条款", name_en="Liability")


def transferring(*records, **fields):
    keys = tuple(transfer_key(one) for one in records)
    return PlanContent("transfer", transfers=keys, **{"transfer_share": 80} | fields)


def submitted(risk, by, content):
    return submit_plan(create_plan(risk, by=by, content=content), by=by)


def test_a_transfer_names_records_and_leaves_links(high_risk, risk_manager, policy, clause):
    plan = submitted(high_risk, risk_manager, transferring(clause, policy))
    links = TransferLink.objects.filter(version=plan.head).order_by("pk")
    assert [str(one) for one in links] == ["C-1 责任条款", "P-1 公众责任险"]


def test_on_an_expired_policy_it_is_refused(high_risk, risk_manager, policy):
    with acting(risk_manager, "transfer.edited"):
        InsurancePolicy.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(PlanIncomplete) as refusal:
        submitted(high_risk, risk_manager, transferring(policy))
    assert set(refusal.value.faults) == {"transfers"}
    assert "P-1" in refusal.value.faults["transfers"]


@pytest.mark.parametrize("key", ["policy:999", "letter:1", "policy:x", ""])
def test_what_does_not_exist_is_not_even_drafted(high_risk, risk_manager, key):
    with pytest.raises(PlanIncomplete) as refusal:
        create_plan(high_risk, by=risk_manager, content=PlanContent("transfer", transfers=(key,)))
    assert set(refusal.value.faults) == {"transfers"}


@pytest.mark.parametrize("field", ["avoid_node", "contingency", "change"])
def test_nor_a_step_or_contingency_plan_that_does_not_exist(high_risk, risk_manager, field):
    with pytest.raises(PlanIncomplete) as refusal:
        create_plan(high_risk, by=risk_manager, content=PlanContent("avoid", **{field: 999_999}))
    assert set(refusal.value.faults) == {field}


def test_injury_is_never_passed_on_as_a_whole(high_risk, risk_manager, policy):
    safety = RiskArea.objects.get(code="customer_safety")
    edit_risk(high_risk, by=risk_manager, version=None, area=safety)
    plan = create_plan(high_risk, by=risk_manager, content=transferring(policy, transfer_share=100))
    with pytest.raises(PlanIncomplete) as refusal:
        submit_plan(plan, by=risk_manager)
    assert set(refusal.value.faults) == {"transfer_share", "transfer_stays"}


def test_avoiding_names_a_step(high_risk, risk_manager):
    with pytest.raises(PlanIncomplete) as refusal:
        submitted(high_risk, risk_manager, PlanContent("avoid", avoid_what="停止"))
    assert set(refusal.value.faults) == {"avoid_node"}


def test_a_change_will_do_as_well(high_risk, risk_manager, clean):
    change = make_change(clean, by=risk_manager)
    content = PlanContent("avoid", avoid_what="停止", change=change.pk)
    plan = submitted(high_risk, risk_manager, content)
    assert PlanContent.parse(plan.head.content).change == change.pk


def test_a_cancelled_change_will_not(high_risk, risk_manager, clean):
    change = bring(make_change(clean, by=risk_manager), "cancelled", by=risk_manager)
    with pytest.raises(PlanIncomplete) as refusal:
        submitted(high_risk, risk_manager, avoiding(change=change.pk))
    assert set(refusal.value.faults) == {"change"}
    other = PlanContent("mitigate", change=change.pk)
    assert "change" not in reference_faults(other)


def test_with_a_step_it_is_submitted(high_risk, risk_manager):
    assert submitted(high_risk, risk_manager, avoiding()).state == "submitted"


def test_a_contingency_plan_may_stand_in_any_plan(high_risk, risk_manager, clean):
    contingency = make_contingency(clean, by=risk_manager)
    plan = submitted(high_risk, risk_manager, avoiding(contingency=contingency.pk))
    assert PlanContent.parse(plan.head.content).contingency == contingency.pk


def test_the_database_refuses_a_link_to_nothing_or_to_two(high_risk, risk_manager, policy, clause):
    plan = submitted(high_risk, risk_manager, transferring(policy))
    for fields in ({}, {"policy": policy, "clause": clause}):
        with (
            pytest.raises(IntegrityError, match="transfer_link_to_exactly_one"),
            transaction.atomic(),
            acting(risk_manager, "plan.submitted"),
        ):
            TransferLink.objects.create(version=plan.head, **fields)


def test_nor_a_control_that_does_not_exist(high_risk, risk_manager):
    day = timezone.localdate().isoformat()
    action = PlannedAction("a1", "培训", risk_manager.pk, day, control=999_999)
    with pytest.raises(PlanIncomplete) as refusal:
        create_plan(high_risk, by=risk_manager, content=PlanContent("mitigate", actions=(action,)))
    assert set(refusal.value.faults) == {"actions.0.control"}
