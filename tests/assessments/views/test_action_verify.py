import pytest
from django.urls import reverse

from assessments.plans.content import PlannedAction
from assessments.services import finish_action, verify_action
from tests.assessments.events import events_of
from tests.assessments.pages import htmx, told
from tests.assessments.services.test_plans import tomorrow
from tests.builders import make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(low_risk, risk_manager, staff_cleaning):
    """Done by the staff."""
    planned = PlannedAction("a1", "培训", staff_cleaning.pk, tomorrow())
    plan = make_plan(low_risk, by=risk_manager, submitted=True, actions=(planned,))
    return finish_action(plan.actions.get(), by=staff_cleaning, note="12 人通过")


def url(action):
    return f"/actions/{action.pk}/verify/"


def test_verified_by_another_person(action, risk_manager, sign_in):
    client = sign_in(risk_manager)
    assert "12 人通过" in client.get(url(action)).text
    page = client.post(url(action))
    assert (page.status_code, page["Location"]) == (302, "/plans/RP-001/")
    assert told(page) == ["Verified: 培训"]
    action.refresh_from_db()
    assert (action.state, action.verified_by) == ("verified", risk_manager)
    (event,) = events_of(action, action="action.verified")
    assert event["actor_name"] == "陈静"


def test_sent_back_with_what_is_missing(action, risk_manager, sign_in):
    client = sign_in(risk_manager)
    page = client.post(url(action), {"reopen": "1", "reason": " "}, **htmx("reopen-form"))
    assert (page.status_code, page.text.strip()[:5]) == (422, "<form")
    page = client.post(url(action), {"reopen": "1", "reason": "照片看不清"})
    assert (page.status_code, page["Location"]) == (302, "/plans/RP-001/")
    action.refresh_from_db()
    assert (action.state, action.reopened_reason) == ("open", "照片看不清")
    assert "照片看不清" in client.get("/plans/RP-001/").text


def test_nobody_verifies_their_own(low_risk, risk_manager, sign_in):
    action = make_plan(low_risk, by=risk_manager, submitted=True).actions.get()
    finish_action(action, by=risk_manager, note="做完了")
    client, words = sign_in(risk_manager), "You did this yourself. Somebody else verifies it."
    assert told(client.get(url(action))) == [words]
    page = client.post(url(action))
    assert (page.status_code, words in page.text) == (409, True)
    action.refresh_from_db()
    assert action.state == "done"


def test_verified_already(action, risk_manager, head_cleaning, sign_in):
    verify_action(action, by=head_cleaning)
    page = sign_in(risk_manager).get(url(action))
    assert (page["Location"], told(page)) == (
        "/plans/RP-001/", ["This action is already “Verified”."],
    )  # fmt: skip


def test_it_stands_in_the_list_and_on_the_home_page_of_who_verifies(
    action, risk_manager, staff_cleaning, sign_in
):
    client = sign_in(risk_manager)
    listed = client.get(f"{reverse('assessments:action_list')}?view=verify")
    assert [one.pk for one in listed.context["page"]] == [action.pk]
    assert url(action) in client.get("/").text
    other = sign_in(staff_cleaning)
    assert not list(other.get(f"{reverse('assessments:action_list')}?view=verify").context["page"])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 200), ("head_cleaning", 200), ("staff_cleaning", 403), ("approver", 403),
        ("auditor", 403), ("staff_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(request, action, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(url(action)).status_code == status
    assert client.post(url(action)).status_code == (302 if status == 200 else status)
    action.refresh_from_db()
    assert (action.state == "verified") is (status == 200)
    assert client.put(url(action)).status_code == 405


def test_missing(risk_manager, sign_in):
    assert sign_in(risk_manager).get("/actions/999/verify/").status_code == 404
