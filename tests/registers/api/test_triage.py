"""Decisions on filings by a program: the same rows, permissions and services as the inbox."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.utils import timezone

from registers.models import Risk
from registers.services import file_proposal
from registers.touches import Touch, Touched
from riskhub.entry import undo
from tests.builders import make_risk
from tests.filings import QUESTION
from tests.registers.audit import Trail

URL = "/api/v1/triage/"
NEW = {
    "title": "地面有油", "event": "有人滑倒", "category": "operational", "register": "SVC",
    "primary_source": "internal_record", "owner_department": "CLEAN",
}  # fmt: skip


@pytest.fixture
def filed(staff_cleaning, risk_manager, clean, register):
    proposal, _is_new = file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="厨房地面有油", department=clean
    )
    return proposal


@pytest.fixture
def manager(sign_in, risk_manager):
    return sign_in(risk_manager)


@pytest.fixture
def decide(manager, filed):
    def posted(decision, body=None):
        address = f"{URL}{filed.pk}/{decision}/"
        return manager.post(address, body or {}, content_type="application/json")

    return posted


def test_what_waits_the_oldest_first_in_as_many_queries(
    manager, filed, decide, staff_cleaning, clean, django_assert_num_queries
):
    def texts():
        return [each["text"] for each in manager.get(URL).json()["results"]]

    assert texts() == ["厨房地面有油"]
    with django_assert_num_queries(5):
        texts()
    for text in ("二", "三"):
        file_proposal(by=staff_cleaning, client_uuid=uuid4(), text=text, department=clean)
    with django_assert_num_queries(5):
        assert texts() == ["厨房地面有油", "二", "三"]
    decide("decline", {"reason": "重复"})
    assert texts() == ["二", "三"]


def test_one_with_the_risks_that_look_like_it(manager, filed, register, risk_manager):
    alike = make_risk(register, by=risk_manager, title="厨房地面有油")
    found = manager.get(f"{URL}{filed.pk}/").json()
    assert (found["submitter"], found["state"]) == ("staff.cleaning", "submitted")
    assert [(each["risk"], each["title"]) for each in found["similar"]] == [
        (alike.code, "厨房地面有油")
    ]


def test_accepted_as_the_next_risk(decide, filed, staff_cleaning):
    trail = Trail()
    answer = decide("accept", NEW)
    risk = Risk.objects.get()
    assert (answer.status_code, answer.json()["code"]) == (201, risk.code)
    assert answer["ETag"] == '"1"'
    filed.refresh_from_db()
    assert (filed.state, filed.risk, risk.reported_by) == ("accepted", risk, staff_cleaning)
    assert trail.only("registers_riskproposal").action == "proposal.accepted"
    again = decide("accept", NEW)
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")
    assert Risk.objects.count() == 1


def test_merged_asked_and_declined(decide, filed, register, risk_manager):
    into = make_risk(register, by=risk_manager)
    assert decide("ask", {"question": QUESTION}).json()["state"] == "need_info"
    assert decide("merge", {"risk": into.code}).json()["risk"] == into.code
    assert decide("undo").json()["state"] == "submitted"
    declined = decide("decline", {"reason": "重复"}).json()
    assert (declined["state"], declined["decision_reason"]) == ("declined", "重复")


def test_taken_back_the_risk_is_hidden_and_its_number_stays_taken(decide):
    code = decide("accept", NEW).json()["code"]
    assert decide("undo").json()["state"] == "submitted"
    assert Risk.objects.get(code=code).is_undone
    assert decide("accept", NEW | {"title": "油"}).json()["code"] == code


def test_not_taken_back_too_late(decide, filed, monkeypatch):
    decide("decline", {"reason": "重复"})
    clock = SimpleNamespace(now=lambda: timezone.now() + timedelta(seconds=40))
    monkeypatch.setattr(undo, "timezone", clock)
    answer = decide("undo")
    assert (answer.status_code, answer.json()["code"]) == (409, "too_late")


def test_not_taken_back_where_it_was_worked_on(decide, monkeypatch):
    decide("accept", NEW)

    def refuse(_filing, *, by):
        raise Touched([Touch(Risk.objects.get(), "修改", "李强", timezone.now())])

    monkeypatch.setattr("registers.api.triage.undo_decision", refuse)
    answer = decide("undo")
    assert (answer.status_code, answer.json()["code"]) == (409, "touched")
    assert "修改，李强" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("decision", "body", "field"),
    [
        ("accept", NEW | {"event": " "}, "event"),
        ("accept", NEW | {"level": "low"}, "level"),
        ("merge", {"risk": "R999"}, "risk"),
        ("ask", {"question": ""}, "question"),
        ("decline", {"reason": "\n"}, "reason"),
    ],
)
def test_what_is_refused(decide, filed, decision, body, field):
    answer = decide(decision, body)
    assert (answer.status_code, [*answer.json()["errors"]]) == (400, [field])
    filed.refresh_from_db()
    assert filed.state == "submitted"


def test_not_into_a_risk_of_a_register_that_one_does_not_keep(
    sign_in, filed, ops_manager, risk_manager, register, tech
):
    elsewhere = make_risk(register, by=risk_manager, department=tech)
    answer = sign_in(ops_manager).post(
        f"{URL}{filed.pk}/merge/", {"risk": elsewhere.code}, content_type="application/json"
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff_cleaning", 403), ("head_cleaning", 403), ("auditor", 403), ("staff_repair", 404)],
)
def test_who_does_not_decide(sign_in, request, filed, who, status):
    client = sign_in(request.getfixturevalue(who))
    for decision in ("accept", "merge", "ask", "decline", "undo"):
        address = f"{URL}{filed.pk}/{decision}/"
        assert client.post(address, {}, content_type="application/json").status_code == status
