import pytest

from assessments.services import link_contingency
from tests.contingency import make_contingency, stored

URL = "/contingency/CP-101/retire/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager)


def test_with_a_reason_and_only_once(plan, risk, sign_in, risk_manager):
    link_contingency(plan, risk, by=risk_manager)
    client = sign_in(risk_manager)
    assert risk.code in client.get(URL).content.decode()
    assert client.post(URL, {"reason": " "}).status_code == 422
    assert client.post(URL, {"reason": "并入"}).status_code == 302
    assert stored(plan).state == "retired"
    assert client.post(URL, {"reason": "并入"}).status_code == 409
    assert client.get(URL).status_code == 302


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_nobody_else(plan, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(URL, {"reason": "停"}).status_code == status
    assert stored(plan).state == "in_force"


def test_wrong_method(plan, sign_in, risk_manager):
    assert sign_in(risk_manager).delete(URL).status_code == 405
