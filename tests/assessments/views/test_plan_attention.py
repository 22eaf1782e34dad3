"""A plan that rests on what has ended says so: on its page, in the list, on the risk and in the API."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from assessments.models import ResponsePlan
from assessments.plans.attention import attention_of
from assessments.plans.content import PlanContent
from assessments.plans.names import transfer_key
from assessments.services import (
    create_plan,
    retire_contingency_plan,
    submit_plan,
    withdraw_plan,
)
from registers.models import InsurancePolicy
from riskhub.audit.context import acting
from tests.api_client import ApiClient
from tests.assessments.changing import bring, make_change
from tests.assessments.pages import queries_of
from tests.assessments.services.test_plans import approve
from tests.assessments.services.test_reassessment_causes import carried_out
from tests.builders import assess, avoiding, make_plan, make_policy, make_risk
from tests.contingency import make_contingency

pytestmark = pytest.mark.django_db


def marks():
    plans = ResponsePlan.objects.for_page()
    with override("en"):
        return [(one.key, one.words) for found in attention_of(plans).values() for one in found]


@pytest.fixture
def policy(risk_manager):
    return make_policy(by=risk_manager, days=0, name_zh="公众责任险", name_en="Public liability")


def test_an_expired_policy(high_risk, risk_manager, approver, policy, sign_in, time_machine):
    content = PlanContent("transfer", transfers=(transfer_key(policy),), transfer_share=80)
    plan = create_plan(high_risk, by=risk_manager, content=content)
    submit_plan(plan, by=risk_manager)
    approve(plan, by=approver)
    assert marks() == []
    client = sign_in(risk_manager)
    pages = ("/plans/RP-001/", "/risks/R001/plan/", "/plans/")
    assert [("eeds attention" in client.get(page).text) for page in pages] == [False] * 3
    assert ApiClient(risk_manager).get("plans/RP-001/").json()["attention"] == []
    time_machine.move_to(timezone.now() + timedelta(days=1))
    ((key, words),) = marks()
    assert (key, words) == (
        "policy:P-1", "It does not hold any more: insurance policy P-1 Public liability.",
    )  # fmt: skip
    client = sign_in(risk_manager)
    for page, shown in zip(pages, (words, words, "needs attention"), strict=True):
        assert shown in client.get(page).text
    assert ApiClient(risk_manager).get("plans/RP-001/").json()["attention"] == ["policy:P-1"]


def test_of_a_plan_that_passes_nothing_on_or_is_over_it_says_nothing(
    high_risk, risk_manager, policy
):
    with acting(risk_manager, "transfer.edited"):
        InsurancePolicy.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    content = PlanContent("transfer", transfers=(transfer_key(policy),))
    plan = create_plan(high_risk, by=risk_manager, content=content)
    assert [key for key, _words in marks()] == ["policy:P-1"]
    withdraw_plan(plan, by=risk_manager, reason="另写一份")
    assert marks() == []


def test_a_contingency_plan_that_was_retired(high_risk, risk_manager, clean):
    contingency = make_contingency(clean, by=risk_manager)
    make_plan(high_risk, by=risk_manager, contingency=contingency.pk)
    assert marks() == []
    retire_contingency_plan(contingency, by=risk_manager, reason="并入另一份")
    assert [key for key, _words in marks()] == [f"contingency:{contingency.code}"]


def test_a_change_that_was_cancelled(high_risk, risk_manager, clean):
    change = make_change(clean, by=risk_manager)
    create_plan(high_risk, by=risk_manager, content=avoiding(change=change.pk))
    assert marks() == []
    bring(change, "cancelled", by=risk_manager)
    assert [key for key, _words in marks()] == [f"change:{change.code}"]


def test_an_acceptance_whose_day_is_over(high_risk, risk_manager, approver, time_machine):
    until = timezone.localdate() + timedelta(days=30)
    content = PlanContent("accept", accept_reason="代价太高", accept_until=until.isoformat())
    plan = create_plan(high_risk, by=risk_manager, content=content)
    submit_plan(plan, by=risk_manager)
    approve(plan, by=approver)
    time_machine.move_to(timezone.now() + timedelta(days=30))
    assert marks() == []
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert [key for key, _words in marks()] == ["acceptance"]


def test_carried_out_and_short_of_its_target(
    high_risk, risk_manager, second_manager, approver, sign_in
):
    carried_out(high_risk, approver, by=risk_manager, target=(2, 2))
    ((key, words),) = marks()
    assert (key, words) == (
        "target",
        "The target is 2,2, and the risk stands at 4,3. Assess it again, or change the plan.",
    )
    assert "needs attention" in sign_in(risk_manager).get("/plans/").text
    assess(high_risk, (4, 4), (2, 2), by=risk_manager, confirmed_by=second_manager)
    assert marks() == []


def test_those_carried_out_without_a_target_are_read_at_once(
    register, risk_manager, second_manager, approver, sign_in
):
    client, asked = sign_in(risk_manager), []
    for n in range(3):
        risk = make_risk(register, by=risk_manager, title=f"风险 {n}")
        assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
        carried_out(risk, approver, by=risk_manager)
        asked.append(queries_of(client, "/plans/"))
    assert [key for key, _words in marks()] == ["target"] * 3
    assert asked[0] == asked[2]


def test_the_list_asks_as_little_however_many_plans(register, risk_manager, clean, sign_in):
    client, asked = sign_in(risk_manager), []
    contingency = make_contingency(clean, by=risk_manager)
    for n in range(3):
        risk = make_risk(register, by=risk_manager, title=f"风险 {n}")
        make_plan(risk, by=risk_manager, contingency=contingency.pk)
        asked.append(queries_of(client, "/plans/"))
    assert asked[0] == asked[2]
