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
    return f"/drill-gaps/{gap.pk}/verify/"


def test_by_another_one(gap, sign_in, risk_manager, second_manager):
    client, trail = sign_in(second_manager), Trail()
    assert client.post(url(gap)).status_code == 409
    finish_gap(gap, by=risk_manager, note="好")
    own = sign_in(risk_manager).post(url(gap))
    assert own.status_code == 409
    assert "You closed this gap yourself. Somebody else verifies it." in own.text
    assert client.post(url(gap)).status_code == 302
    assert DrillGap.objects.get().verified_by == second_manager
    assert trail.rows()[-1].action == "drill_gap.verified"
    assert client.post(url(gap)).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_nobody_else(gap, sign_in, request, risk_manager, who, status):
    finish_gap(gap, by=risk_manager, note="好")
    assert sign_in(request.getfixturevalue(who)).post(url(gap)).status_code == status


def test_wrong_method(gap, sign_in, risk_manager):
    assert sign_in(risk_manager).get(url(gap)).status_code == 405
