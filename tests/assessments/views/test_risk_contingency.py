import pytest

from assessments.models import ContingencyRisk
from registers.services import close_risk
from tests.contingency import make_contingency

URL = "/risks/R001/contingency/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager)


def test_a_plan_for_the_risk(plan, risk, sign_in, risk_manager):
    client = sign_in(risk_manager)
    response = client.post(URL, {"plan": "CP-101"})
    assert (response.status_code, response["Location"]) == (302, "/risks/R001/plan/")
    assert ContingencyRisk.objects.get().plan == plan
    response = client.post(URL, {"plan": "CP-101"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["plan"])


def test_a_closed_risk_stays_as_it_is(plan, risk, sign_in, risk_manager):
    close_risk(risk, by=risk_manager, reason="停止")
    assert sign_in(risk_manager).post(URL, {"plan": "CP-101"}).status_code == 409
    assert sign_in(risk_manager).get(URL).status_code == 302


def test_only_plans_that_one_sees(risk, sign_in, head_cleaning, risk_manager, tech):
    make_contingency(tech, by=risk_manager, said=None)
    response = sign_in(head_cleaning).post(URL, {"plan": "CP-101"})
    assert list(response.context["form"].errors) == ["plan"]


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_nobody_else(plan, risk, sign_in, request, who, status):
    assert sign_in(request.getfixturevalue(who)).post(URL, {"plan": "CP-101"}).status_code == status


def test_wrong_method(risk, sign_in, risk_manager):
    assert sign_in(risk_manager).delete(URL).status_code == 405
