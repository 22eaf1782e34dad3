"""`/api/v1/changes/`: what the pages do, for programs."""

from uuid import uuid4

import pytest

from assessments.models import ProcessChange
from registers.models import NodeRisk, ProcessNode
from tests.api_client import ApiClient, refusal
from tests.assessments.changing import EARLY, bring, day, make_change, settle
from tests.builders import make_control, make_risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(clean):
    return {
        "title": "夜间双人", "kind": "process", "description": "晚八点以后", "department": "CLEAN",
        "planned_on": day(20).isoformat(), "nodes": ["PM-01/intake"],
    }  # fmt: skip


@pytest.fixture
def pinned(register, risk_manager, clean, tech):
    """R001 of CLEAN and R002 of TECH at the first step."""
    node = ProcessNode.objects.get(map__code="PM-01", key="intake")
    for department in (clean, tech):
        risk = make_risk(register, by=risk_manager, department=department)
        NodeRisk.objects.create(map=node.map, node_key=node.key, risk=risk)


@pytest.fixture
def staff_api(staff_cleaning):
    return ApiClient(staff_cleaning)


@pytest.fixture
def manager_api(risk_manager):
    return ApiClient(risk_manager)


def test_from_filed_to_reviewed(body, pinned, staff_api, manager_api, risk_manager, second_manager):
    made = staff_api.post("changes/", body)
    assert made.status_code == 201
    found = made.json()
    assert (found["code"], found["state"], found["nodes"]) == ("CH-001", "draft", ["PM-01/intake"])
    assert [(row["risk"], row["found_by"], row["task"]) for row in found["risks"]] == [
        ("R001", "node", None)
    ]
    assert found["other_risks"] == 1
    sent = staff_api.post("changes/CH-001/submit/", {}, if_match=made["ETag"])
    assert (sent.status_code, sent.json()["to_do"]) == (200, 2)
    assert refusal(staff_api.post("changes/CH-001/take-on/", if_match=sent["ETag"]))[0] == 403
    taken = manager_api.post("changes/CH-001/take-on/", if_match=sent["ETag"])
    early = manager_api.post("changes/CH-001/ready/", if_match=taken["ETag"])
    assert refusal(early)[:2] == (409, "risks_not_judged")
    assert "R001, R002" in early.json()["detail"]
    settle(ProcessChange.objects.get(), by=risk_manager)
    ready = manager_api.post("changes/CH-001/ready/", if_match=taken["ETag"])
    today = {"effective_on": day(0).isoformat()}
    thin = manager_api.post(
        "changes/CH-001/implement/", today | {"early_reason": "." * 20}, if_match=ready["ETag"]
    )
    assert list(refusal(thin)[2]) == ["early_reason"]
    today["early_reason"] = EARLY
    live = manager_api.post("changes/CH-001/implement/", today, if_match=ready["ETag"])
    assert live.json()["effective_on"] == day(0).isoformat()
    assert live.json()["implemented_by"] == "risk.manager"
    seen = {"outcome": "worked", "review": "顺利"}
    own = manager_api.post("changes/CH-001/review/", seen, if_match=live["ETag"])
    assert refusal(own)[:2] == (403, "own_change")
    assert own.json()["detail"] == "You put this change live. Somebody else reviews it."
    manager_api = ApiClient(second_manager)
    done = manager_api.post("changes/CH-001/review/", seen, if_match=live["ETag"])
    assert done.json()["reviewed_by"] == "second.manager"
    assert (done.json()["state"], done.json()["outcome"]) == ("reviewed", "worked")
    again = manager_api.post("changes/CH-001/review/", seen, if_match=done["ETag"])
    assert refusal(again)[:2] == (409, "wrong_state")


def test_with_the_same_key_it_is_one(body, staff_api):
    key = {"Idempotency-Key": str(uuid4())}
    codes = [staff_api.post("changes/", body, **key).json()["code"] for _n in range(2)]
    assert codes == ["CH-001", "CH-001"]
    other = staff_api.post("changes/", body | {"title": "别的"}, **key)
    assert refusal(other)[:2] == (409, "key_reused")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("nodes", ["PM-01/nowhere"]), ("nodes", ["\x00/x"]), ("nodes", ["PM-01/\ud800"]),
        ("nodes", [7]), ("kind", "weather"),
        ("department", "TECH"), ("planned_on", "soon"), ("title", " "), ("controls", ["C-101"]),
        ("suppliers", ["NONE"]), ("nodes", ["PM-01/intake"] * 201),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(body, staff_api, risk_manager, tech, field, value):
    make_control(tech, by=risk_manager)  # C-101, of another department
    status, code, errors = refusal(staff_api.post("changes/", body | {field: value}))
    assert (status, code) == (400, "invalid")
    assert all(name.startswith(field) for name in errors)
    assert not ProcessChange.objects.exists()


def test_edited_with_the_version_that_was_read(clean, staff_api, staff_cleaning):
    make_change(clean, by=staff_cleaning)
    assert refusal(staff_api.patch("changes/CH-001/", {"title": "x"}))[0] == 428
    assert refusal(staff_api.patch("changes/CH-001/", {"title": "x"}, if_match='"7"'))[0] == 409
    done = staff_api.patch("changes/CH-001/", {"title": "新名"}, if_match='"1"')
    assert (done.status_code, done.json()["title"], done["ETag"]) == (200, "新名", '"2"')


def test_risks_by_hand(clean, risk, staff_api, staff_cleaning):
    make_change(clean, by=staff_cleaning)
    added = staff_api.post("changes/CH-001/risks/", {"risk": "R001"})
    assert [row["found_by"] for row in added.json()["risks"]] == ["hand"]
    off = staff_api.post("changes/CH-001/risks/remove/", {"risk": "R001", "reason": "无关"})
    assert off.json()["risks"] == []
    assert refusal(staff_api.post("changes/CH-001/risks/", {"risk": "R999"}))[0] == 400


def test_without_a_risk_somebody_says_that_they_looked(clean, staff_api, staff_cleaning):
    make_change(clean, by=staff_cleaning)
    status, _code, errors = refusal(staff_api.post("changes/CH-001/submit/", {}, if_match='"1"'))
    assert (status, set(errors)) == (400, {"none_affected"})
    body = {"none_affected": "逐条看过流程图和控制"}
    done = staff_api.post("changes/CH-001/submit/", body, if_match='"1"')
    assert done.json()["state"] == "submitted"


def test_cancelled_by_who_may(clean, staff_api, manager_api, risk_manager):
    bring(make_change(clean, by=risk_manager), "submitted", by=risk_manager)
    cancel = ("changes/CH-001/cancel/", {"reason": "不做了"})
    assert refusal(staff_api.post(*cancel, if_match='"2"'))[0] == 403
    assert manager_api.post(*cancel, if_match='"2"').json()["state"] == "cancelled"


def test_newest_first_and_filtered_and_of_others_nothing(
    clean, tech, staff_api, manager_api, risk_manager
):
    make_change(clean, by=risk_manager)
    bring(make_change(tech, by=risk_manager, kind="people"), "submitted", by=risk_manager)

    def codes(api, query=""):
        return [row["code"] for row in api.get(f"changes/{query}").json()["results"]]

    assert codes(manager_api) == ["CH-002", "CH-001"]
    assert codes(manager_api, "?state=draft") == ["CH-001"]
    assert codes(manager_api, "?kind=people") == ["CH-002"]
    assert codes(staff_api) == ["CH-001"]
    assert staff_api.get("changes/CH-002/").status_code == 404


def test_postponed_once_it_is_handed_in(
    clean, manager_api, staff_api, staff_cleaning, risk_manager
):
    change = make_change(clean, by=staff_cleaning)
    url = f"changes/{change.code}/postpone/"
    body = {"planned_on": day(60).isoformat(), "reason": "等设备到货以后再开始执行"}
    draft = manager_api.get(f"changes/{change.code}/")["ETag"]
    assert refusal(manager_api.post(url, body, if_match=draft))[:2] == (409, "wrong_state")
    bring(change, "submitted", by=risk_manager)
    tag = manager_api.get(f"changes/{change.code}/")["ETag"]
    assert refusal(manager_api.post(url, body))[:2] == (428, "version_required")
    assert refusal(staff_api.post(url, body, if_match=tag))[0] == 403
    early = manager_api.post(url, body | {"planned_on": day(3).isoformat()}, if_match=tag)
    assert list(refusal(early)[2]) == ["planned_on"]
    found = manager_api.post(url, body, if_match=tag).json()
    assert (found["planned_on"], found["state"]) == (day(60).isoformat(), "submitted")
