import pytest

from assessments.models import Drill
from tests.contingency import days, drill, make_contingency

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(risk_manager, ops):
    make_contingency(ops, by=risk_manager)
    return Drill.objects.get()


def url(drill_):
    return f"/drills/{drill_.pk}/missed/"


def test_why_and_the_new_day(waiting, sign_in, risk_manager):
    sent = {"reason": "台风", "next_on": days(7).isoformat()}
    response = sign_in(risk_manager).post(url(waiting), sent)
    assert (response.status_code, response["Location"]) == (302, "/contingency/CP-101/")
    assert Drill.objects.scheduled().get().scheduled_on == days(7)
    assert sign_in(risk_manager).post(url(waiting), sent).status_code == 409


def test_the_day_may_follow_later(waiting, sign_in, risk_manager):
    client = sign_in(risk_manager)
    assert client.post(url(waiting), {"reason": "台风"}).status_code == 302
    assert not Drill.objects.scheduled().exists()
    assert client.post(url(waiting), {"next_on": ""}).status_code == 422
    assert client.post(url(waiting), {"next_on": days(-1).isoformat()}).status_code == 422
    assert client.post(url(waiting), {"next_on": days(3).isoformat()}).status_code == 302
    assert Drill.objects.scheduled().get().scheduled_on == days(3)


def test_a_reason_it_needs(waiting, sign_in, risk_manager):
    response = sign_in(risk_manager).post(url(waiting), {"reason": " "})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reason"])


def test_one_that_was_held(waiting, sign_in, risk_manager):
    drill(waiting.plan, by=risk_manager)
    assert sign_in(risk_manager).get(url(waiting)).status_code == 302


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_nobody_else(waiting, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(url(waiting), {"reason": "台风"}).status_code == status


def test_wrong_method(waiting, sign_in, risk_manager):
    assert sign_in(risk_manager).delete(url(waiting)).status_code == 405
