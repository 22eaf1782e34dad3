"""R-24, R-52, R-54: where nothing is ready for the day on which it happens."""

import pytest

from assessments.services import link_contingency, retire_contingency_plan
from registers.models import InsurancePolicy
from registers.services import TransferDraft, create_transfer, edit_transfer
from tests.builders import assess, make_plan, make_risk
from tests.contingency import days, drill, make_contingency
from tests.registers.pages import codes_of

URL = "/contingency/gaps/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def outside(register, risk_manager):
    """R002: weather, nobody steers it; Low."""
    made = make_risk(register, by=risk_manager, title="台风", controllability="outside")
    assess(made, (2, 2), (2, 2), by=risk_manager)
    return made


@pytest.fixture
def client(sign_in, risk_manager):
    return sign_in(risk_manager)


def found(client, gap):
    page = client.get(f"{URL}?gap={gap}")
    current = next(view for view in page.context["views"] if view.is_current)
    assert current.count == page.context["page"].count
    return codes_of(page)


def test_a_high_risk_until_a_plan_in_force_answers_it(
    high_risk, outside, client, risk_manager, ops
):
    assert found(client, "no_plan") == ["R001"]
    plan = make_contingency(ops, by=risk_manager, in_force=False)
    link_contingency(plan, high_risk, by=risk_manager)
    assert found(client, "no_plan") == ["R001"]
    other = make_contingency(ops, by=risk_manager)
    link_contingency(other, high_risk, by=risk_manager)
    assert found(client, "no_plan") == []
    retire_contingency_plan(other, by=risk_manager, reason="停")
    assert found(client, "no_plan") == ["R001"]


def test_outside_our_control_until_it_is_planned_for(high_risk, outside, client, risk_manager, ops):
    """R-24 ok: the filter gives a worklist."""
    assert found(client, "outside") == ["R002"]
    link_contingency(make_contingency(ops, by=risk_manager), outside, by=risk_manager)
    assert found(client, "outside") == []


def test_or_until_a_policy_in_force_takes_over_the_loss(outside, client, risk_manager):
    draft = TransferDraft(code="P-7", name_zh="公众责任险", valid_until=days(30))
    policy = create_transfer(InsurancePolicy, draft, by=risk_manager)
    make_plan(
        outside, by=risk_manager, submitted=True, strategy="transfer",
        transfers=(f"policy:{policy.pk}",), transfer_share=100,
    )  # fmt: skip
    assert found(client, "outside") == []
    edit_transfer(policy, by=risk_manager, version=None, valid_until=days(-1))
    assert found(client, "outside") == ["R001"]


def test_a_plan_without_a_drill_in_its_interval(client, risk_manager, ops, tech):
    make_contingency(ops, by=risk_manager)
    drilled = make_contingency(ops, by=risk_manager)
    make_contingency(tech, by=risk_manager, in_force=False)
    drill(drilled, by=risk_manager)
    page = client.get(f"{URL}?gap=no_drill")
    assert [plan.code for plan in page.context["page"]] == ["CP-101"]


def test_others_see_theirs(high_risk, outside, sign_in, staff_repair, head_cleaning, auditor):
    counts = {
        user.username: [view.count for view in sign_in(user).get(URL).context["views"]]
        for user in (staff_repair, head_cleaning, auditor)
    }
    assert counts == {"staff.repair": [0, 0, 0], "head.cleaning": [1, 1, 0], "auditor": [1, 1, 0]}


def test_the_first_that_there_is_and_the_rows_alone(outside, client):
    assert client.get(URL).context["key"] == "outside"
    headers = {"HX-Request": "true", "HX-Target": "finding-rows"}
    assert client.get(URL, headers=headers).content.decode().strip().startswith("<div")
    assert client.get(f"{URL}?gap=nothing").status_code == 404


def test_who_may_link_has_the_button(high_risk, sign_in, risk_manager, auditor):
    for user, may in ((risk_manager, True), (auditor, False)):
        page = sign_in(user).get(URL).content.decode()
        assert ("/risks/R001/contingency/" in page) == may


@pytest.mark.parametrize("gap", ["no_plan", "outside", "no_drill"])
def test_as_many_queries_for_more_rows(
    high_risk, outside, client, gap, register, risk_manager, second_manager, ops,
    django_assert_num_queries, django_assert_max_num_queries,
):  # fmt: skip
    make_contingency(ops, by=risk_manager)
    client.get(f"{URL}?gap={gap}")
    with django_assert_max_num_queries(40) as one:
        client.get(f"{URL}?gap={gap}")
    for title in ("甲", "乙"):
        more = make_risk(register, by=risk_manager, title=title, controllability="outside")
        assess(more, (4, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
        make_contingency(ops, by=risk_manager)
    with django_assert_num_queries(len(one)):
        client.get(f"{URL}?gap={gap}")


def test_wrong_method(client):
    assert client.post(URL).status_code == 405
