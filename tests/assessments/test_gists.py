"""Half a sentence for each step on a risk's timeline, of what this package keeps beside the risk."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import override

from assessments.models import ReassessmentTask, ResourceLine
from assessments.plans.content import PlannedResource
from assessments.services import (
    add_change_risk,
    decide_plan,
    link_contingency,
    record_spending,
    unlink_contingency,
    waive_reassessment,
)
from registers.history import trail_of
from registers.models import Risk
from tests.assessments.changing import bring, make_change
from tests.assessments.reassessing import ask_again
from tests.builders import make_plan, make_policy
from tests.contingency import make_contingency

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def newest(risk):
    entry = trail_of(Risk.objects.get(pk=risk.pk)).entries[0]
    return entry.action, entry.gist


def test_a_reassessment_is_told_by_its_reason(risk, risk_manager):
    ask_again(risk, "incident", by=risk_manager)
    assert newest(risk) == ("Reassessment asked for", "Incident")


def test_a_change_is_told_by_its_name(risk, clean, risk_manager):
    change = make_change(clean, by=risk_manager, title="双人上门")
    add_change_risk(change, risk, by=risk_manager)
    assert newest(risk) == ("Risk added to a change", f"{change.code} 双人上门")
    bring(change, "submitted", by=risk_manager)
    entries = trail_of(Risk.objects.get(pk=risk.pk)).entries
    assert ("Reassessment asked for", "Process change") in [(e.action, e.gist) for e in entries]


@pytest.mark.parametrize("count", [1, 2])
def test_what_was_waived_is_told_by_the_change_for_which(
    risk, clean, risk_manager, second_manager, count
):
    """However many others share the task."""
    names = [f"双人上门{number}" for number in range(count)]
    changes = [make_change(clean, by=risk_manager, title=name, risks=[risk]) for name in names]
    for change in changes:
        bring(change, "submitted", by=risk_manager)
    task = ReassessmentTask.objects.get()
    waive_reassessment(task, by=second_manager, reason="两人一组已经试过一个月", change=changes[0])
    assert newest(risk) == ("Reassessment waived", "CH-001 双人上门0")


def test_a_contingency_plan_is_told_by_its_name(risk, clean, risk_manager):
    plan = make_contingency(clean, by=risk_manager)
    link = link_contingency(plan, risk, by=risk_manager)
    assert newest(risk) == ("Contingency plan linked to the risk", f"Plan: {plan.code} Injury")
    unlink_contingency(link, by=risk_manager)
    assert newest(risk)[0] == "Contingency plan taken off the risk"


def test_a_policy_and_a_spending_are_told_with_what_they_belong_to(
    high_risk, risk_manager, approver
):
    policy = make_policy(by=risk_manager)
    plan = make_plan(
        high_risk, by=risk_manager, submitted=True, strategy="transfer",
        transfers=(f"policy:{policy.pk}",), transfer_to="保险公司", transfer_by="保单",
        transfer_share=80, transfer_stays="免赔额",
        resources=(PlannedResource("r1", "money", "保费", "900"),),
    )  # fmt: skip
    names = {row.name for entry in trail_of(high_risk).entries for row in entry.changes if row.name}
    assert "P-1 Liability" in names
    decide_plan(
        plan, by=approver, decision="approved", content_hash=plan.head.content_hash, comment="好"
    )
    key = ResourceLine.objects.get().key
    today = timezone.localdate()
    record_spending(
        plan, by=risk_manager, key=key, amount=Decimal(5), spent_on=today, client_uuid=uuid4()
    )
    assert newest(high_risk) == ("Spending entered", f"{plan.code} 5.00")
