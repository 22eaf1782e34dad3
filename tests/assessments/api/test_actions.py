"""`/api/v1/actions/` and the progress of plans."""

from dataclasses import replace

import pytest

from assessments.plans.content import PlanContent, PlannedAction
from assessments.services import finish_action, save_plan
from tests.api_client import ApiClient, refusal
from tests.assessments.services.test_plans import tomorrow
from tests.builders import make_control, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager_api(risk_manager):
    return ApiClient(risk_manager)


@pytest.fixture
def plan(low_risk, risk_manager, staff_cleaning):
    planned = PlannedAction("a1", "培训", staff_cleaning.pk, tomorrow())
    return make_plan(low_risk, by=risk_manager, submitted=True, actions=(planned,))


def path(plan, verb=""):
    return f"actions/{plan.actions.get().pk}/{verb}"


def test_begun_done_verified_closed(plan, staff_cleaning, manager_api):
    staff = ApiClient(staff_cleaning)
    assert staff.post(path(plan, "start/")).json()["state"] == "doing"
    assert list(refusal(staff.post(path(plan, "finish/"), {}))[2]) == ["note"]
    assert (
        staff.post(path(plan, "finish/"), {"note": "12 人"}).json()["done_by"] == "staff.cleaning"
    )
    verified = manager_api.post(path(plan, "verify/")).json()
    assert (verified["state"], verified["verified_by"]) == ("verified", "risk.manager")
    again = manager_api.post(path(plan, "verify/"))
    assert refusal(again)[:2] == (409, "wrong_state")
    tag = manager_api.get("plans/RP-001/")["ETag"]
    closed = manager_api.post("plans/RP-001/close/", if_match=tag)
    assert (closed.status_code, closed.json()["state"]) == (200, "closed")


def test_nobody_verifies_their_own(plan, risk_manager, manager_api):
    finish_action(plan.actions.get(), by=risk_manager, note="做完了")
    assert refusal(manager_api.post(path(plan, "verify/")))[:2] == (403, "own_action")
    sent_back = manager_api.post(path(plan, "reopen/"), {"reason": "没有做完"})
    assert refusal(sent_back)[:2] == (403, "own_action")


def test_sent_back_with_a_reason(plan, staff_cleaning, manager_api):
    finish_action(plan.actions.get(), by=staff_cleaning, note="做完了")
    assert list(refusal(manager_api.post(path(plan, "reopen/"), {}))[2]) == ["reason"]
    answer = manager_api.post(path(plan, "reopen/"), {"reason": "照片看不清"}).json()
    assert (answer["state"], answer["reopened_reason"]) == ("open", "照片看不清")


def test_short_of_the_end_it_is_not_closed(plan, staff_cleaning, manager_api):
    finish_action(plan.actions.get(), by=staff_cleaning, note="做完了")
    tag = manager_api.get("plans/RP-001/")["ETag"]
    answer = manager_api.post("plans/RP-001/close/", if_match=tag)
    assert refusal(answer)[:2] == (409, "not_reached")


def test_listed_by_state_and_owner(plan, manager_api, staff_cleaning, risk_manager):
    def found(query=""):
        return [one["plan"] for one in manager_api.get(f"actions/{query}").json()["results"]]

    assert found() == found("?state=open&owner=staff.cleaning") == ["RP-001"]
    assert found("?state=done") == found("?owner=risk.manager") == []


def test_another_departments_are_missing_ones(plan, head_repair):
    api = ApiClient(head_repair)
    assert api.get("actions/").json()["results"] == []
    for verb in ("start/", "finish/", "verify/", "reopen/"):
        assert api.post(path(plan, verb), {"note": "x", "reason": "x"}).status_code == 404


def test_what_an_action_changes_of_a_control(high_risk, clean, risk_manager, manager_api):
    control = make_control(clean, by=risk_manager)
    row = {"title": "每月培训", "owner": "risk.manager", "due_on": tomorrow()}
    body = {"risk": "R001", "strategy": "mitigate"}
    changed = {"control": control.code, "every_days": 14}
    made = manager_api.post("plans/", body | {"actions": [row | changed]})
    (action,) = made.json()["head"]["content"]["actions"]
    assert {name: action[name] for name in changed} == changed
    unknown = manager_api.post("plans/", body | {"actions": [row | {"control": "C-999"}]})
    assert list(refusal(unknown)[2]) == ["actions.0.control"]


def test_the_difference_between_two_versions(plan, risk_manager, manager_api):
    content = replace(PlanContent.parse(plan.head.content), objective="半年内降到中", actions=())
    save_plan(plan, by=risk_manager, version=None, content=content)
    told = manager_api.get("plans/RP-001/diff/").json()
    assert (told["before"], told["after"]) == (1, 2)
    assert [piece["kind"] for piece in told["fields_changed"][0]["pieces"]] == [
        "removed", "added", "same",
    ]  # fmt: skip
    assert [row["kind"] for row in told["actions"]] == ["removed"]
    same = manager_api.get("plans/RP-001/diff/?before=2&after=2").json()
    assert (same["fields_changed"], same["before"]) == ([], 2)
