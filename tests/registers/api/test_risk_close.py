"""`POST /api/v1/risks/R001/close/` and `reopen/`."""

import pytest

from registers.models import Risk
from tests.api_client import ApiClient, refusal
from tests.assessments.events import events_of
from tests.builders import assess


def test_there_and_back(risk, manager_api):
    closed = manager_api.post("risks/R001/close/", {"reason": "停止该业务"})
    assert (closed.status_code, closed.json()["state"]) == (200, "closed")
    assert closed.json()["closed_reason"] == "停止该业务"
    event = events_of(risk, action="risk.closed")[0]
    assert (event["reason"], event["after"]["state"]) == ("停止该业务", "closed")
    opened = manager_api.post("risks/R001/reopen/", {"reason": "又开始了"})
    assert (opened.status_code, opened.json()["state"]) == (200, "identified")
    assert opened["ETag"] == '"3"'


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": " "}, {"reason": None}])
def test_a_reason_is_needed(risk, manager_api, body):
    assert list(refusal(manager_api.post("risks/R001/close/", body))[2]) == ["reason"]
    assert Risk.objects.get().state == "identified"


def test_a_wrong_state(risk, manager_api):
    reopened = manager_api.post("risks/R001/reopen/", {"reason": "x"})
    assert refusal(reopened)[:2] == (409, "wrong_state")
    manager_api.post("risks/R001/close/", {"reason": "x"})
    again = manager_api.post("risks/R001/close/", {"reason": "x"})
    assert refusal(again)[:2] == (409, "wrong_state")


def test_what_keeps_it_open(risk, risk_manager, second_manager, manager_api):
    assess(risk, (5, 5), (5, 5), by=risk_manager, confirmed_by=second_manager)
    answer = manager_api.post("risks/R001/close/", {"reason": "x"})
    assert refusal(answer)[:2] == (409, "cannot_close")
    assert "Critical" in answer.json()["detail"]


def test_only_who_keeps_the_register(risk, head_cleaning, auditor, staff_repair):
    answers = [
        refusal(ApiClient(user).post(f"risks/R001/{verb}/", {"reason": "x"}))[0]
        for user in (head_cleaning, auditor, staff_repair)
        for verb in ("close", "reopen")
    ]
    assert answers == [403, 403, 403, 403, 404, 404]
    assert Risk.objects.get().row_version == 1
