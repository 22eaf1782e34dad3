import pytest

from assessments.plans.content import PlannedAction
from assessments.services import finish_action
from tests.assessments.events import events_of
from tests.assessments.pages import told
from tests.assessments.services.test_plans import tomorrow
from tests.builders import make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(low_risk, risk_manager, staff_cleaning):
    planned = PlannedAction("a1", "培训", staff_cleaning.pk, tomorrow())
    return make_plan(low_risk, by=risk_manager, submitted=True, actions=(planned,)).actions.get()


def url(action):
    return f"/actions/{action.pk}/start/"


def test_begun_with_one_press(action, staff_cleaning, sign_in):
    page = sign_in(staff_cleaning).post(url(action))
    assert (page.status_code, page["Location"]) == (302, "/plans/RP-001/")
    assert told(page) == ["Begun: 培训"]
    action.refresh_from_db()
    assert action.state == "doing"
    (event,) = events_of(action, action="action.started")
    assert event["actor_name"] == "王芳"


def test_what_is_done_is_not_begun(action, staff_cleaning, sign_in):
    finish_action(action, by=staff_cleaning, note="已做")
    assert sign_in(staff_cleaning).post(url(action)).status_code == 409
    action.refresh_from_db()
    assert action.state == "done"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 302), ("head_cleaning", 302), ("staff_cleaning", 302), ("approver", 403),
        ("auditor", 403), ("staff_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(request, action, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(url(action)).status_code == 405
    assert client.post(url(action)).status_code == status
    action.refresh_from_db()
    assert (action.state == "doing") is (status == 302)
