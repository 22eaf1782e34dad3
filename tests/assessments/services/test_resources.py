from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone
from django.utils.translation import override

from assessments.choices import Decision
from assessments.models import ResourceLine, Spending
from assessments.plans.content import PlanContent, PlannedResource
from assessments.plans.grants import Grant
from assessments.plans.resources import budgets_of
from assessments.services import decide_plan, record_spending, save_plan, submit_plan
from riskhub.audit.context import acting
from riskhub.audit.models import AuditEvent
from riskhub.entry.repeats import KeyReused
from riskhub.notices.models import Notice
from tests.builders import make_plan

pytestmark = pytest.mark.django_db
MONEY = PlannedResource("m", "money", "夜班补员", "144000")
PEOPLE = PlannedResource("p", "people", "护理员", "3", "人")


@pytest.fixture
def plan(high_risk, risk_manager):
    """Waits for a decision and asks for money and people."""
    return make_plan(high_risk, by=risk_manager, submitted=True, resources=(MONEY, PEOPLE))


def approve(plan, approver, **grants):
    plan.refresh_from_db()
    return decide_plan(
        plan, by=approver, decision=Decision.APPROVED, content_hash=plan.head.content_hash,
        grants=grants,
    )  # fmt: skip


def spend(plan, by, amount="1000", *, key="m", client_uuid=None, spent_on=None):
    return record_spending(
        plan, by=by, key=key, amount=Decimal(amount), client_uuid=client_uuid or uuid4(),
        spent_on=spent_on or timezone.localdate(),
    )  # fmt: skip


def lines():
    return {
        line.key: (line.amount, line.granted, line.granted_note)
        for line in ResourceLine.objects.all()
    }


def test_without_a_word_all_is_granted_that_was_asked_for(plan, approver):
    approve(plan, approver)
    assert lines() == {
        "m": (Decimal(144000), Decimal(144000), ""),
        "p": (Decimal(3), Decimal(3), ""),
    }


def test_a_line_is_granted_in_part_and_the_author_hears_of_it(plan, approver, risk_manager):
    approve(plan, approver, m=Grant(Decimal(100000), "先做一半"), p=Grant(Decimal(0)))
    assert lines() == {
        "m": (Decimal(144000), Decimal(100000), "先做一半"),
        "p": (Decimal(3), Decimal(0), ""),
    }
    notice = Notice.objects.get(user=risk_manager, kind="plan_approved_less")
    assert notice.params["lines"] == "夜班补员; 护理员"
    assert not Notice.objects.filter(kind="plan_approved").exists()


def test_more_than_was_asked_for_needs_a_note(plan, approver):
    with pytest.raises(ValidationError) as refusal:
        approve(plan, approver, m=Grant(Decimal(150000)))
    assert set(refusal.value.message_dict) == {"granted-m"}
    approve(plan, approver, m=Grant(Decimal(150000), "加一台设备"))
    assert lines()["m"] == (Decimal(144000), Decimal(150000), "加一台设备")


@pytest.mark.parametrize(
    ("grants", "fault"),
    [
        ({"x": Grant(Decimal(1))}, "granted-x"),
        ({"m": Grant(Decimal(-1))}, "granted-m"),
        ({"m": Grant(Decimal(10) ** 12)}, "granted-m"),
    ],
)
def test_what_cannot_be_granted(plan, approver, grants, fault):
    with pytest.raises(ValidationError) as refusal:
        approve(plan, approver, **grants)
    assert set(refusal.value.message_dict) == {fault}
    assert not ResourceLine.objects.exists()


def test_sent_back_nothing_is_granted(plan, approver):
    plan.refresh_from_db()
    decide_plan(
        plan, by=approver, decision=Decision.CHANGES, content_hash=plan.head.content_hash,
        comment="Fewer", grants={"m": Grant(Decimal(1))},
    )  # fmt: skip
    assert not ResourceLine.objects.exists()


def test_what_needs_no_approval_has_what_it_asks_for(low_risk, risk_manager):
    make_plan(low_risk, by=risk_manager, submitted=True, resources=(PEOPLE,))
    assert lines() == {"p": (Decimal(3), Decimal(3), "")}


def test_one_amount_more_is_another_text(plan, approver, risk_manager):
    approve(plan, approver)
    plan.refresh_from_db()
    more = replace(
        PlanContent.parse(plan.head.content), resources=(replace(MONEY, amount="144000.5"), PEOPLE)
    )
    changed = save_plan(plan, by=risk_manager, version=None, content=more)
    assert (changed.state, changed.head.number, changed.in_force.number) == ("draft", 2, 1)


def test_spending_adds_up_and_needs_no_approval(plan, approver, risk_manager):
    approve(plan, approver)
    for amount in ("1000", "2500.50", "-500"):
        spend(plan, risk_manager, amount)
    plan.refresh_from_db()
    money, people = budgets_of(plan)
    assert (money.spent, money.is_over, people.spent) == (Decimal("3000.50"), False, 0)
    assert plan.state == "approved"
    assert AuditEvent.objects.filter(action="plan.spent").count() == 3


def test_no_more_is_taken_back_than_was_used(plan, approver, risk_manager):
    approve(plan, approver)
    for used, sentence in (
        (None, "Nothing was used so far, so there is nothing to take back."),
        ("30.5", "Only CNY 30.50 was used so far: no more than that can be taken back."),
    ):
        if used:
            spend(plan, risk_manager, used)
        with pytest.raises(ValidationError) as refusal, override("en"):
            spend(plan, risk_manager, "-30.51")
        assert refusal.value.message_dict == {"amount": [sentence]}
    spend(plan, risk_manager, "5", key="p")
    spend(plan, risk_manager, "-30.50")
    plan.refresh_from_db()
    assert [budget.spent for budget in budgets_of(plan)] == [0, 5]


def test_what_was_used_stays_when_a_new_version_comes_into_force(plan, approver, risk_manager):
    approve(plan, approver)
    spend(plan, risk_manager, "144001")
    plan.refresh_from_db()
    more = replace(PlanContent.parse(plan.head.content), objective="Another")
    save_plan(plan, by=risk_manager, version=None, content=more)
    plan.refresh_from_db()
    submit_plan(plan, by=risk_manager)
    approve(plan, approver, m=Grant(Decimal(140000)))
    plan.refresh_from_db()
    money = budgets_of(plan)[0]
    assert (money.line.granted, money.spent, money.is_over) == (
        Decimal(140000), Decimal(144001), True,
    )  # fmt: skip


def test_the_same_form_twice_is_one_entry(plan, approver, risk_manager):
    approve(plan, approver)
    key = uuid4()
    assert spend(plan, risk_manager, client_uuid=key) == spend(plan, risk_manager, client_uuid=key)
    with pytest.raises(KeyReused):
        spend(plan, risk_manager, "7", client_uuid=key)
    assert Spending.objects.count() == 1


def test_what_cannot_be_entered(plan, approver, risk_manager):
    with pytest.raises(ValidationError) as refusal:
        spend(plan, risk_manager)
    assert set(refusal.value.message_dict) == {"key"}
    approve(plan, approver)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError) as refusal:
        spend(plan, risk_manager, "0", key="x", spent_on=tomorrow)
    assert set(refusal.value.message_dict) == {"key", "amount", "spent_on"}


@pytest.mark.parametrize("model", [ResourceLine, Spending])
def test_what_was_granted_and_used_stays(plan, approver, risk_manager, model):
    approve(plan, approver)
    spend(plan, risk_manager)
    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        acting(risk_manager, "plan.spent"),
    ):
        model.objects.update(amount=1)


def test_the_database_refuses_more_than_was_asked_for(plan, approver, risk_manager):
    approve(plan, approver)
    line = ResourceLine.objects.get(key="m")
    with (
        pytest.raises(IntegrityError, match="resource_granted_at_most_asked"),
        acting(risk_manager, "plan.approved"),
    ):
        ResourceLine.objects.create(
            version=line.version, key="z", kind="money", what="x", amount=1, granted=2
        )
