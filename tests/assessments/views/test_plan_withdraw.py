import pytest

from assessments.models import ResponsePlan
from assessments.services import finish_action, save_plan, withdraw_plan
from tests.assessments.events import events_of
from tests.assessments.pages import htmx, told
from tests.assessments.services.test_plans import changed
from tests.builders import make_plan

pytestmark = pytest.mark.django_db

URL = "/plans/RP-001/withdraw/"


@pytest.fixture
def plan(low_risk, risk_manager):
    return make_plan(low_risk, by=risk_manager, submitted=True)


def sent(reason="业务停止"):
    return {"reason": reason, "row_version": ResponsePlan.objects.get().row_version}


def state():
    return ResponsePlan.objects.get().state


def test_it_ends_with_its_actions(plan, low_risk, head_cleaning, sign_in):
    client = sign_in(head_cleaning)
    page = client.get(URL)
    assert (page.status_code, page.context["pending"], state()) == (200, 1, "approved")
    page = client.post(URL, sent())
    assert (page["Location"], told(page)) == ("/plans/RP-001/", ["RP-001 is withdrawn."])
    assert (state(), plan.actions.get().state) == ("withdrawn", "cancelled")
    (event,) = events_of(plan, action="plan.withdrawn")
    assert (event["actor_name"], event["reason"]) == ("周立", "业务停止")
    low_risk.refresh_from_db()
    assert (low_risk.plan_state, low_risk.state) == ("", "assessed")


def test_it_needs_a_reason(plan, risk_manager, sign_in):
    page = sign_in(risk_manager).post(URL, sent(" "), **htmx("withdraw-form"))
    assert (page.status_code, page.text.strip()[:5], state()) == (422, "<form", "approved")


def test_a_changed_plan_is_looked_at_first(plan, risk_manager, sign_in):
    seen = sent()
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="改"))
    page = sign_in(risk_manager).post(URL, seen)
    assert (page.status_code, state()) == (302, "draft")
    assert told(page) == ["The plan was changed meanwhile. Look at it, then decide."]


def test_it_is_over_already(plan, risk_manager, sign_in):
    withdraw_plan(plan, by=risk_manager, reason="停止")
    page = sign_in(risk_manager).post(URL, sent())
    assert (page["Location"], told(page)) == ("/plans/RP-001/", ["This plan is over already."])


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff_cleaning", 403), ("approver", 403), ("auditor", 403), ("head_repair", 404)],
)
def test_who_may_not(request, plan, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    assert client.post(URL, sent()).status_code == status
    assert (client.delete(URL).status_code, state()) == (405, "approved")


def test_of_a_further_version_it_is_asked_what_is_withdrawn(plan, risk_manager, sign_in):
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="改"))
    client = sign_in(risk_manager)
    page = client.get(URL)
    assert "Only version 2; version 1 stays in force" in page.text
    assert client.post(URL, sent()).status_code == 422
    page = client.post(URL, sent("不改了") | {"what": "version"})
    assert (page["Location"], told(page)) == (
        "/plans/RP-001/", ["Version 1 of RP-001 stays in force."],
    )  # fmt: skip
    assert (state(), plan.actions.get().state) == ("approved", "open")
    assert "What is withdrawn?" not in client.get(URL).text


def test_of_a_further_version_the_whole_plan_may_go(plan, risk_manager, sign_in):
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="改"))
    page = sign_in(risk_manager).post(URL, sent() | {"what": "plan"})
    assert (state(), told(page)) == ("withdrawn", ["RP-001 is withdrawn."])


def test_one_that_is_carried_out_is_not_over_but_goes_on_another_way(plan, risk_manager, sign_in):
    finish_action(plan.actions.get(), by=risk_manager, note="做完了")
    page = sign_in(risk_manager).post(URL, sent())
    assert page["Location"] == "/plans/RP-001/"
    assert told(page)[0].startswith("Every action of this plan is done, so it is not withdrawn.")
    assert state() == "completed"
