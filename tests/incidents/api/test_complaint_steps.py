"""The steps of a complaint for programs: the services of the pages, their refusals and versions."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from incidents.models import Complaint
from registers.models import ContractClause
from riskhub.audit.context import acting
from tests.api_client import ApiClient, refusal
from tests.incidents.complaining import make_at, make_closed, make_complaint

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(service):
    return ApiClient(service)


@pytest.fixture
def complaint(db):
    return make_complaint()


def tag(api, complaint):
    return api.get(f"complaints/{complaint.code}/")["ETag"]


def test_it_is_taken_by_whoever_read_it_last_and_by_nobody_who_is_late(
    api, complaint, service, second_service
):
    path = f"complaints/{complaint.code}/take/"
    assert refusal(api.post(path))[:2] == (428, "version_required")
    read = tag(api, complaint)
    taken = ApiClient(second_service).post(path, if_match=read)
    assert (taken.status_code, taken.json()["handler"]) == (200, "second.service")
    assert taken["ETag"] == tag(api, complaint) != read
    assert refusal(api.post(path, if_match=read))[:2] == (409, "stale_version")
    assert api.post(path, if_match=taken["ETag"]).json()["handler"] == service.username


def test_it_is_sorted_and_what_is_left_out_stays(api, complaint, clean, service):
    path = f"complaints/{complaint.code}/triage/"
    body = {"category": "damage_water", "severity": "S1", "department": "CLEAN"}
    sorted_one = api.post(path, body, if_match=tag(api, complaint))
    told = sorted_one.json()
    assert (told["category"], told["severity"], told["department"], told["handler"]) == (
        "damage_water", "S1", "CLEAN", None,
    )  # fmt: skip
    again = api.post(path, {"handler": service.username}, if_match=sorted_one["ETag"]).json()
    assert (again["handler"], again["category"]) == ("service", "damage_water")
    status, code, errors = refusal(api.post(path, {"category": "damage"}, if_match='"9"'))
    assert (status, code, [*errors]) == (400, "invalid", ["category"])


def test_what_went_to_another_department_is_answered_with_nothing(head_cleaning, clean, repair):
    complaint = make_complaint()
    Complaint.objects.filter(pk=complaint.pk).update(department=clean)
    api = ApiClient(head_cleaning)
    sent = api.post(
        f"complaints/{complaint.code}/triage/", {"department": "REPAIR"},
        if_match=tag(api, complaint),
    )  # fmt: skip
    assert (sent.status_code, sent.content) == (204, b"")
    complaint.refresh_from_db()
    assert complaint.department == repair


def test_a_call_with_the_same_key_is_one_call(api, complaint):
    path, key = f"complaints/{complaint.code}/contact/", {"Idempotency-Key": str(uuid4())}
    first = api.post(path, {"text": "已致电客户"}, **key).json()
    assert first["state"] == "contacted"
    again = api.post(path, {"text": "已致电客户"}, **key).json()
    assert [one["text"] for one in again["messages"]] == ["已致电客户"]
    assert refusal(api.post(path, {"text": "别的话"}, **key))[:2] == (409, "key_reused")
    ahead = (timezone.now() + timedelta(days=2)).isoformat()
    assert [*refusal(api.post(path, {"text": "再次致电", "at": ahead}))[2]] == ["at"]


def test_a_note_is_for_colleagues(api, complaint):
    told = api.post(f"complaints/{complaint.code}/note/", {"text": "带上备件"}).json()
    assert [(one["direction"], one["author"]) for one in told["messages"]] == [
        ("internal", "service")
    ]
    assert told["state"] == "received"


def test_its_clocks_stand_still_and_go_on(api, complaint):
    path = f"complaints/{complaint.code}/"
    assert api.post(f"{path}pause/", {"reason": "等照片"}).json()["paused_at"]
    assert api.post(f"{path}resume/").json()["paused_at"] is None
    assert [*refusal(api.post(f"{path}pause/", {"reason": " "}))[2]] == ["reason"]


def test_it_is_looked_into_escalated_and_ended(api, service):
    path = f"complaints/{make_at('contacted', service).code}/"
    assert api.post(f"{path}investigate/").json()["state"] == "investigating"
    assert api.post(f"{path}escalate/", {"reason": "超出权限"}).json()["state"] == "escalated"
    assert [*refusal(api.post(f"{path}end/", {"state": "closed", "reason": "x"}))[2]] == ["state"]
    ended = api.post(f"{path}end/", {"state": "withdrawn", "reason": "客户撤回"}).json()
    assert (ended["state"], ended["closed_reason"]) == ("withdrawn", "客户撤回")
    assert refusal(api.post(f"{path}investigate/"))[:2] == (409, "wrong_state")


def test_it_is_closed_with_its_cause_and_a_risk_and_taken_up_again(api, service, risk):
    complaint = make_at("fulfilled", service)
    path = f"complaints/{complaint.code}/"
    body = {"root_cause": "密封圈老化", "risks": [risk.code], "category": "damage_water"}
    assert refusal(api.post(f"{path}close/", body))[:2] == (428, "version_required")
    read = tag(api, complaint)
    empty = refusal(api.post(f"{path}close/", body | {"risks": []}, if_match=read))
    assert (empty[0], [*empty[2]]) == (400, ["risks"])
    closed = api.post(f"{path}close/", body, if_match=read).json()
    assert closed["state"] == "closed"
    known = risk.accepted_at <= complaint.received_at
    assert [(one["risk"], one["known_before"]) for one in closed["risks"]] == [(risk.code, known)]
    assert api.post(f"{path}reopen/", {"reason": "又漏了"}).json()["state"] == "investigating"


def test_the_clause_that_the_dispute_turned_on_comes_with_its_outcome(api, service, risk):
    with acting(service, "clause.made"):
        ContractClause.objects.create(code="K-7", name_zh="漏水责任")
    complaint = make_at("fulfilled", service)
    path, read = f"complaints/{complaint.code}/close/", tag(api, complaint)
    body = {"root_cause": "老化", "risks": [risk.code], "category": "damage_water", "clause": "K-7"}
    half = refusal(api.post(path, body, if_match=read))
    assert (half[0], [*half[2]]) == (400, ["non_field_errors"])
    closed = api.post(path, body | {"clause_outcome": "failed"}, if_match=read)
    assert closed.json()["state"] == "closed"
    assert [*complaint.clauses.values_list("clause__code", "outcome")] == [("K-7", "failed")]


def test_after_a_month_it_is_not_taken_up_again(api, risk_manager, risk):
    complaint = make_closed(risk_manager, risk)
    Complaint.objects.filter(pk=complaint.pk).update(
        closed_at=timezone.now() - timedelta(days=31),
        received_at=timezone.now() - timedelta(days=40),
    )
    refused = refusal(api.post(f"complaints/{complaint.code}/reopen/", {"reason": "又漏了"}))
    assert refused[:2] == (409, "too_late")


def test_a_reader_takes_no_step_and_a_stranger_finds_nothing(auditor, head_repair, complaint):
    path = f"complaints/{complaint.code}/note/"
    assert ApiClient(auditor).post(path, {"text": "看过"}).status_code == 403
    assert ApiClient(head_repair).post(path, {"text": "看过"}).status_code == 404
