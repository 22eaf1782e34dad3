import pytest

from assessments.models import ContingencyRisk
from assessments.services import link_contingency
from registers.services import close_risk
from tests.contingency import make_contingency
from tests.registers.audit import Trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(risk, risk_manager, ops):
    return link_contingency(make_contingency(ops, by=risk_manager), risk, by=risk_manager)


def url(link):
    return f"/contingency-risks/{link.pk}/remove/"


@pytest.mark.parametrize(
    ("back", "where"), [("plan", "/contingency/CP-101/"), ("", "/risks/R001/plan/")]
)
def test_taken_off(link, sign_in, risk_manager, back, where):
    client, trail = sign_in(risk_manager), Trail()
    response = client.post(url(link), {"back": back})
    assert (response.status_code, response["Location"]) == (302, where)
    assert not ContingencyRisk.objects.exists()
    assert [action for action, *_rest in trail.events()] == ["contingency_risk.unlinked"]


def test_of_a_closed_risk_it_stays(link, risk, sign_in, risk_manager):
    close_risk(risk, by=risk_manager, reason="停止")
    assert sign_in(risk_manager).post(url(link)).status_code == 409
    assert ContingencyRisk.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_nobody_else(link, sign_in, request, who, status):
    assert sign_in(request.getfixturevalue(who)).post(url(link)).status_code == status


def test_wrong_method(link, sign_in, risk_manager):
    assert sign_in(risk_manager).get(url(link)).status_code == 405
