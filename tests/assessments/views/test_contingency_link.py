import pytest

from assessments.models import ContingencyRisk
from assessments.services import retire_contingency_plan
from tests.contingency import make_contingency
from tests.registers.audit import Trail

URL = "/contingency/CP-101/link/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager)


def test_linked_and_twice_is_once(plan, risk, sign_in, risk_manager):
    client, trail = sign_in(risk_manager), Trail()
    for _click in range(2):
        response = client.post(URL, {"risk": "r1"})
        assert (response.status_code, response["Location"]) == (302, "/contingency/CP-101/")
    assert ContingencyRisk.objects.get().risk == risk
    assert [action for action, *_rest in trail.events()] == ["contingency_risk.linked"]


def test_a_risk_that_is_not_there(plan, risk, sign_in, risk_manager):
    response = sign_in(risk_manager).post(URL, {"risk": "R999"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["risk"])


def test_a_retired_plan_answers_nothing(plan, risk, sign_in, risk_manager):
    retire_contingency_plan(plan, by=risk_manager, reason="停")
    assert sign_in(risk_manager).post(URL, {"risk": "R001"}).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_nobody_else(plan, risk, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(URL, {"risk": "R001"}).status_code == status


def test_wrong_method(plan, sign_in, risk_manager):
    assert sign_in(risk_manager).delete(URL).status_code == 405
