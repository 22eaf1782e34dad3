import pytest

from assessments.models import ChangeRisk, ReassessmentTask
from registers.services import close_risk
from tests.assessments.changing import bring, make_change
from tests.builders import make_risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(clean, staff_cleaning):
    return make_change(clean, by=staff_cleaning)


def send(client, change, code="R001"):
    return client.post(f"/changes/{change.code}/risks/", {"risk": code})


def test_whoever_writes_the_draft_adds_a_risk_by_its_code(sign_in, change, risk, staff_cleaning):
    assert send(sign_in(staff_cleaning), change, "r1").status_code == 302
    row = ChangeRisk.objects.get()
    assert (row.risk, row.origin, row.task) == (risk, "hand", None)


def test_handed_in_the_risk_manager_adds_it_and_it_is_asked_for(
    sign_in, change, risk, staff_cleaning, risk_manager
):
    bring(change, "submitted", by=risk_manager)
    assert send(sign_in(staff_cleaning), change).status_code == 403
    assert send(sign_in(risk_manager), change).status_code == 302
    assert ChangeRisk.objects.get().task == ReassessmentTask.objects.get(risk=risk)


@pytest.mark.parametrize("state", ["implemented", "reviewed", "cancelled"])
def test_not_once_it_is_live_or_over(sign_in, change, risk, risk_manager, state):
    bring(change, state, by=risk_manager)
    assert send(sign_in(risk_manager), change).status_code == 409
    assert not ChangeRisk.objects.exists()


def test_a_code_that_one_does_not_see_a_closed_risk_and_none(
    sign_in, change, risk, staff_cleaning, risk_manager, register, tech
):
    make_risk(register, by=risk_manager, department=tech)
    close_risk(risk, by=risk_manager, reason="停止")
    client = sign_in(staff_cleaning)
    for code in ("R002", "R999", "R001", ""):
        assert send(client, change, code).status_code == 422
    assert not ChangeRisk.objects.exists()
