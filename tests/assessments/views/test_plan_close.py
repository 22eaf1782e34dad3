import pytest

from assessments.models import ResponsePlan
from assessments.services import finish_action, save_plan, verify_action
from tests.assessments.events import events_of
from tests.assessments.pages import told
from tests.assessments.services.test_plans import changed
from tests.builders import make_plan

pytestmark = pytest.mark.django_db
URL = "/plans/RP-001/close/"


@pytest.fixture
def plan(low_risk, risk_manager, staff_cleaning):
    """Its only action is done, and nobody has verified it."""
    plan = make_plan(low_risk, by=risk_manager, submitted=True)
    finish_action(plan.actions.get(), by=staff_cleaning, note="做完了")
    plan.refresh_from_db()
    return plan


def test_what_is_missing_stands_there(plan, risk_manager, sign_in):
    client = sign_in(risk_manager)
    page = client.get(URL)
    assert page.context["missing"] == ["1 action is not verified yet."]
    assert client.post(URL, {"row_version": plan.row_version}).status_code == 409
    plan.refresh_from_db()
    assert plan.state == "completed"


def test_closed_with_one_press(plan, low_risk, risk_manager, sign_in):
    verify_action(plan.actions.get(), by=risk_manager)
    client = sign_in(risk_manager)
    plan.refresh_from_db()
    page = client.post(URL, {"row_version": plan.row_version})
    assert (page.status_code, page["Location"]) == (302, "/risks/R001/")
    assert told(page) == ["RP-001 is closed."]
    plan.refresh_from_db()
    assert plan.state == "closed"
    (event,) = events_of(plan, action="plan.closed")
    assert event["actor_name"] == "陈静"
    assert client.post(URL, {"row_version": plan.row_version}).status_code == 409


def test_a_stale_page(plan, risk_manager, sign_in):
    verify_action(plan.actions.get(), by=risk_manager)
    assert sign_in(risk_manager).post(URL, {"row_version": 1}).status_code == 409
    plan.refresh_from_db()
    assert plan.state == "completed"


def test_one_that_is_not_carried_out(low_risk, risk_manager, sign_in):
    make_plan(low_risk, by=risk_manager, submitted=True)
    page = sign_in(risk_manager).get(URL)
    assert (page["Location"], told(page)) == (
        "/plans/RP-001/", ["Only a plan whose actions are all done is closed."],
    )  # fmt: skip


def test_one_of_which_a_further_version_is_written(plan, low_risk, risk_manager, sign_in):
    plan = ResponsePlan.objects.for_page().get()
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="再改"))
    page = sign_in(risk_manager).get(URL)
    assert told(page) == ["Version 2 is not decided yet: let it be decided, or give it up first."]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 200), ("head_cleaning", 200), ("staff_cleaning", 403), ("approver", 403),
        ("auditor", 403), ("staff_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(request, plan, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    assert client.put(URL).status_code == 405


def test_missing(risk_manager, sign_in):
    assert sign_in(risk_manager).get("/plans/RP-999/close/").status_code == 404
