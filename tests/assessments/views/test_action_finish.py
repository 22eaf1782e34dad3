import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.plans.content import PlannedAction
from assessments.services import finish_action
from riskhub.accounts.services import assign_role
from tests.assessments.events import events_of
from tests.assessments.pages import htmx, told
from tests.assessments.services.test_plans import tomorrow
from tests.builders import make_plan
from tests.photos import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(low_risk, risk_manager, staff_cleaning):
    planned = PlannedAction("a1", "培训", staff_cleaning.pk, tomorrow())
    return make_plan(low_risk, by=risk_manager, submitted=True, actions=(planned,)).actions.get()


def url(action):
    return f"/actions/{action.pk}/finish/"


def test_done_with_words(action, low_risk, staff_cleaning, sign_in):
    client = sign_in(staff_cleaning)
    assert client.get(url(action)).status_code == 200
    page = client.post(url(action), {"note": "12 人通过"})
    assert (page.status_code, page["Location"]) == (302, "/plans/RP-001/")
    assert told(page) == ["Done: 培训"]
    action.refresh_from_db()
    assert (action.state, action.note, action.done_by) == ("done", "12 人通过", staff_cleaning)
    low_risk.refresh_from_db()
    assert (low_risk.state, low_risk.plan_state) == ("monitored", "completed")
    (event,) = events_of(action, action="action.done")
    assert event["actor_name"] == "王芳"


def test_without_words_it_stays_open(action, staff_cleaning, sign_in):
    page = sign_in(staff_cleaning).post(url(action), {"note": " "}, **htmx("finish-form"))
    assert (page.status_code, page.text.strip()[:5]) == (422, "<form")
    action.refresh_from_db()
    assert action.state == "open"


def test_done_already(action, staff_cleaning, sign_in):
    finish_action(action, by=staff_cleaning, note="已做")
    client, words = sign_in(staff_cleaning), "This action is already “Done”."
    page = client.get(url(action))
    assert (page["Location"], told(page)) == ("/plans/RP-001/", [words])
    page = client.post(url(action), {"note": "龙头都试过压了"})
    assert (page.status_code, words in page.content.decode()) == (409, True)
    action.refresh_from_db()
    assert action.note == "已做"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 200), ("head_cleaning", 200), ("staff_cleaning", 200), ("approver", 403),
        ("auditor", 403), ("staff_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(request, action, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(url(action)).status_code == status
    assert client.post(url(action), {"note": "已做"}).status_code == (
        302 if status == 200 else status
    )
    action.refresh_from_db()
    assert (action.state == "done") is (status == 200)
    assert client.put(url(action)).status_code == 405


def test_missing(risk_manager, sign_in):
    assert sign_in(risk_manager).get("/actions/999/finish/").status_code == 404


def test_an_auditor_changes_nothing_even_as_the_owner(action, auditor, sign_in, clean):
    """Who became an auditor later, or was named in another way."""
    type(action).objects.filter(pk=action.pk).update(owner=auditor)
    client = sign_in(auditor)
    assert [
        client.get(url(action)).status_code,
        client.post(url(action), {"note": "好"}).status_code,
    ] == [403, 403]
    action.refresh_from_db()
    assert action.state == "open"
    assert url(action) not in client.get("/plans/RP-001/").content.decode()
    assign_role(auditor, by=None, role="staff", department=clean)
    assert sign_in(type(auditor).objects.get(pk=auditor.pk)).get(url(action)).status_code == 200


def test_what_shows_that_it_is_done_comes_along(action, staff_cleaning, risk_manager, sign_in):
    page = sign_in(staff_cleaning).post(
        url(action),
        {"note": "12 人通过", "proof": SimpleUploadedFile("photo.jpg", picture(), "image/jpeg")},
    )
    assert page.status_code == 302
    (row,) = sign_in(risk_manager).get("/plans/RP-001/").context["actions"]
    assert [str(one) for one in row.files] == ["photo.jpg"]
