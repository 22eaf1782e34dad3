import pytest

from tests.contingency import content, make_contingency, stored
from tests.registers.audit import Trail

URL = "/contingency/CP-101/start/"
pytestmark = pytest.mark.django_db


def test_in_force_and_the_second_click_is_told(sign_in, risk_manager, ops):
    plan, trail = make_contingency(ops, by=risk_manager, in_force=False), Trail()
    client = sign_in(risk_manager)
    response = client.post(URL)
    assert (response.status_code, response["Location"]) == (302, "/contingency/CP-101/")
    assert stored(plan).state == "in_force"
    assert "contingency.put_in_force" in {action for action, *_rest in trail.events()}
    assert client.post(URL).status_code == 409


def test_what_is_missing_is_said(sign_in, risk_manager, ops):
    make_contingency(ops, by=risk_manager, in_force=False, said=content(ops, steps=[]))
    response = sign_in(risk_manager).post(URL)
    assert response.status_code == 409
    assert "at least one step" in response.content.decode()


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_nobody_else(sign_in, request, risk_manager, ops, who, status):
    make_contingency(ops, by=risk_manager, in_force=False)
    assert sign_in(request.getfixturevalue(who)).post(URL).status_code == status


def test_wrong_method(sign_in, risk_manager):
    assert sign_in(risk_manager).get(URL).status_code == 405
