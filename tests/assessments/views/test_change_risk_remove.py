import pytest

from assessments.changes.affected import affected_by
from tests.assessments.changing import bring, make_change
from tests.builders import make_risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(clean, staff_cleaning, risk):
    return make_change(clean, by=staff_cleaning, risks=[risk])


def url_of(change, code="R001"):
    return f"/changes/{change.code}/risks/remove/?risk={code}"


def test_off_the_list_with_the_reason(sign_in, change, staff_cleaning):
    client = sign_in(staff_cleaning)
    assert "Take R001 off CH-001" in client.get(url_of(change)).content.decode()
    assert client.post(url_of(change), {"reason": "与此无关"}).status_code == 302
    assert affected_by(change) == {}
    page = client.get(f"/changes/{change.code}/").content.decode()
    assert "与此无关" in page


def test_not_without_a_reason(sign_in, change, staff_cleaning):
    assert sign_in(staff_cleaning).post(url_of(change), {"reason": " "}).status_code == 422
    assert affected_by(change)


def test_not_once_it_is_handed_in(sign_in, change, risk_manager):
    bring(change, "submitted", by=risk_manager)
    page = sign_in(risk_manager).post(url_of(change), {"reason": "与此无关"})
    assert page.status_code == 409
    assert affected_by(change)


def test_not_what_one_does_not_see(sign_in, change, staff_cleaning, risk_manager, register, tech):
    make_risk(register, by=risk_manager, department=tech)
    assert sign_in(staff_cleaning).get(url_of(change, "R002")).status_code == 404
