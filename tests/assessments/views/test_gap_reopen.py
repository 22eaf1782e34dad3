import pytest

from assessments.models import DrillGap
from assessments.services import finish_gap
from tests.contingency import drill, make_contingency
from tests.registers.audit import Trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def gap(risk_manager, ops):
    return drill(make_contingency(ops, by=risk_manager), "fail", by=risk_manager).gaps.get()


def url(gap):
    return f"/drill-gaps/{gap.pk}/reopen/"


def test_not_closed_after_all(gap, sign_in, risk_manager, second_manager):
    client = sign_in(second_manager)
    assert client.post(url(gap), {"reason": "没好"}).status_code == 409
    finish_gap(gap, by=risk_manager, note="好")
    own = sign_in(risk_manager).get(url(gap))
    assert own["Location"] == f"/drills/{gap.drill_id}/"
    trail = Trail()
    assert client.get(url(gap)).status_code == 200
    assert client.post(url(gap), {"reason": " "}).status_code == 422
    assert client.post(url(gap), {"reason": "没好"}).status_code == 302
    assert DrillGap.objects.get().state == "open"
    assert trail.only("assessments_drillgap").action == "drill_gap.reopened"


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_nobody_else(gap, sign_in, request, risk_manager, who, status):
    finish_gap(gap, by=risk_manager, note="好")
    client = sign_in(request.getfixturevalue(who))
    assert client.post(url(gap), {"reason": "没好"}).status_code == status


def test_wrong_method(gap, sign_in, risk_manager):
    assert sign_in(risk_manager).delete(url(gap)).status_code == 405
