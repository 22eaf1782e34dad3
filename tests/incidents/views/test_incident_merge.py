import pytest

from tests.incidents.reporting import make_incident, triage
from tests.incidents.views.investigating import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


def test_both_stay_and_name_each_other(sign_in, incident, clean, risk_manager):
    other = make_incident(clean, risk_manager, "老人在卧室滑倒")
    client = sign_in(risk_manager)
    assert send(client, incident, "merge", same_as=other.code.lower()).status_code == 302
    page = client.get(incident.get_absolute_url())
    assert (page.context["same_as"], other.code in page.text) == (other, True)
    assert incident.code in client.get(other.get_absolute_url()).text
    assert incident.code not in client.get("/incidents/").text


def test_one_that_one_does_not_see_is_none(sign_in, incident, repair, risk_manager, head_cleaning):
    theirs = make_incident(repair, risk_manager)
    response = send(sign_in(head_cleaning), incident, "merge", same_as=theirs.code)
    assert (response.status_code, type(incident).objects.filter(state="duplicate").count()) == (
        422, 0,
    )  # fmt: skip


def test_not_with_itself(sign_in, incident, risk_manager):
    assert send(sign_in(risk_manager), incident, "merge", same_as=incident.code).status_code == 422


def test_what_is_looked_into_already_is_not_merged(sign_in, incident, risk_manager):
    triage(incident, risk_manager)
    client = sign_in(risk_manager)
    assert client.get(f"/incidents/{incident.code}/merge/").status_code == 302
    assert send(client, incident, "merge", same_as="I-1").status_code == 409
