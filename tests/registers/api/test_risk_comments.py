"""`/api/v1/risks/R001/comments/` and `/api/v1/comments/1/withdraw/`."""

from datetime import timedelta
from uuid import uuid4

import pytest

from riskhub.files.models import Comment
from riskhub.files.services import add_comment
from tests.api_client import ApiClient, refusal

URL = "risks/R001/comments/"


def test_the_other_department_reads_and_says_nothing(other_risk, risk_manager, head_cleaning):
    comment = add_comment(other_risk, "别的部门", by=risk_manager)
    api = ApiClient(head_cleaning)
    for code in ("R002", "R999"):
        assert refusal(api.get(f"risks/{code}/comments/")) == (404, "not_found", {})
        assert api.post(f"risks/{code}/comments/", {"text": "x"}).status_code == 404
    for pk in (comment.pk, 98765):
        assert api.post(f"comments/{pk}/withdraw/").status_code == 404
    assert Comment.objects.count() == 1


def test_said_listed_and_withdrawn(risk, manager_api, head_cleaning):
    made = manager_api.post(URL, {"text": "@head.cleaning 看"})
    assert made.status_code == 201
    wanted = {"author": "risk.manager", "text": "@head.cleaning 看",
              "mentions": ["head.cleaning"], "is_withdrawn": False}  # fmt: skip
    assert {name: made.json()[name] for name in wanted} == wanted
    assert manager_api.get(URL).json()["results"] == [made.json()]
    gone = manager_api.post(f"comments/{made.json()['id']}/withdraw/").json()
    assert (gone["text"], gone["is_withdrawn"]) == ("", True)
    assert manager_api.get(URL).json()["results"] == [gone]
    steps = manager_api.get("risks/R001/history/").json()["results"]
    assert "看" not in str([step["rows"] for step in steps])


def test_the_same_key_is_the_same_comment(risk, manager_api):
    key = {"Idempotency-Key": str(uuid4())}
    first, second = (manager_api.post(URL, {"text": "同意"}, **key).json() for _time in (1, 2))
    assert first == second
    other = manager_api.post(URL, {"text": "不同意"}, **key)
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "text"), ({"text": " "}, "text"), ({"text": "x" * 2001}, "text"),
     ({"text": "@nobody.here"}, "text"), ({"text": "x", "author": "head.cleaning"}, "author")],
)  # fmt: skip
def test_what_is_refused(risk, manager_api, body, field):
    answer = manager_api.post(URL, body)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert Comment.objects.count() == 0


def test_the_auditor_reads(risk, risk_manager, auditor):
    add_comment(risk, "话", by=risk_manager)
    api = ApiClient(auditor)
    assert len(api.get(URL).json()["results"]) == 1
    assert api.post(URL, {"text": "我来说"}).status_code == 403


def test_too_late(risk, risk_manager, manager_api, time_machine):
    comment = add_comment(risk, "话", by=risk_manager)
    time_machine.move_to(comment.at + timedelta(minutes=16))
    answer = manager_api.post(f"comments/{comment.pk}/withdraw/")
    assert (answer.status_code, answer.json()["code"]) == (409, "settled")
