"""`/api/v1/plans/RP-001/comments/`: as with risks, by the same service and permission."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from riskhub.audit.models import AuditEvent
from riskhub.files.models import Comment
from riskhub.files.services import add_comment
from tests.api_client import ApiClient, refusal
from tests.builders import make_plan

URL = "plans/RP-001/comments/"


@pytest.fixture
def plan(high_risk, risk_manager):
    return make_plan(high_risk, by=risk_manager)


@pytest.fixture
def manager_api(risk_manager):
    return ApiClient(risk_manager)


def test_said_listed_and_withdrawn(plan, manager_api, head_cleaning):
    made = manager_api.post(URL, {"text": "@head.cleaning 看"})
    assert made.status_code == 201
    wanted = {"author": "risk.manager", "text": "@head.cleaning 看",
              "mentions": ["head.cleaning"], "is_withdrawn": False}  # fmt: skip
    assert {name: made.json()[name] for name in wanted} == wanted
    assert manager_api.get(URL).json()["results"] == [made.json()]
    assert AuditEvent.objects.filter(action="comment.added").exists()
    gone = manager_api.post(f"comments/{made.json()['id']}/withdraw/").json()
    assert (gone["text"], gone["is_withdrawn"]) == ("", True)


def test_the_other_department_reads_and_says_nothing(plan, risk_manager, head_repair):
    add_comment(plan, "别的部门", by=risk_manager)
    api = ApiClient(head_repair)
    for code in ("RP-001", "RP-999"):
        assert refusal(api.get(f"plans/{code}/comments/")) == (404, "not_found", {})
        assert api.post(f"plans/{code}/comments/", {"text": "x"}).status_code == 404
    assert Comment.objects.count() == 1


def test_the_auditor_reads(plan, risk_manager, auditor):
    add_comment(plan, "话", by=risk_manager)
    api = ApiClient(auditor)
    assert len(api.get(URL).json()["results"]) == 1
    assert api.post(URL, {"text": "我来说"}).status_code == 403
    assert api.put(URL, {"text": "我来说"}).status_code == 405


def test_the_same_key_is_the_same_comment(plan, manager_api):
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
def test_what_is_refused(plan, manager_api, body, field):
    answer = manager_api.post(URL, body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert Comment.objects.count() == 0


def test_too_late(plan, risk_manager, manager_api, time_machine):
    comment = add_comment(plan, "话", by=risk_manager)
    time_machine.move_to(comment.at + timedelta(minutes=16))
    answer = manager_api.post(f"comments/{comment.pk}/withdraw/")
    assert (answer.status_code, answer.json()["code"]) == (409, "settled")


def test_as_many_queries_for_three_as_for_one(plan, risk_manager, manager_api):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            manager_api.get(URL)
        return len(captured)

    add_comment(plan, "一", by=risk_manager)
    asked()
    one = asked()
    for text in ("二", "三"):
        add_comment(plan, text, by=risk_manager)
    assert asked() == one
