import pytest

from assessments.models import Drill
from tests.contingency import days, drill, make_contingency, put_on

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


@pytest.mark.parametrize(
    ("next_on", "words"),
    [("", "Fill this in"), (days(-1).isoformat(), "is past"), (days(400).isoformat(), "12 months")],
)
def test_a_day_that_leaves_the_plan_without_a_drill(waiting, sign_in, risk_manager, next_on, words):
    response = sign_in(risk_manager).post(url(waiting), {"reason": "台风", "next_on": next_on})
    errors = response.context["form"].errors
    assert (response.status_code, list(errors)) == (422, ["next_on"])
    assert words in str(errors)
    assert Drill.objects.get().state == "scheduled"


@pytest.mark.parametrize(
    ("ahead", "words"), [(3, "Why is it moved?"), (-3, "Why was it not held?")]
)
def test_it_asks_for_what_happened_and_names_the_last_day(
    waiting, sign_in, risk_manager, ahead, words
):
    put_on(waiting, days(ahead))
    page = sign_in(risk_manager).get(url(waiting)).content.decode()
    assert words in page
    assert "at the latest" in page


def test_a_reason_it_needs(waiting, sign_in, risk_manager):
    response = sign_in(risk_manager).post(
        url(waiting), {"reason": " ", "next_on": days(7).isoformat()}
    )
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
