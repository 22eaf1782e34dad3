"""What is granted by API: each resource once, and what is wrong named as it was sent."""

import pytest

from assessments.models import Approval, ResourceLine
from assessments.plans.content import PlannedResource
from tests.api_client import ApiClient, refusal
from tests.builders import make_plan

pytestmark = pytest.mark.django_db
RESOURCES = (
    PlannedResource("m", "money", "夜班补员", "144000"),
    PlannedResource("p", "people", "护理员", "3", "人"),
)


@pytest.fixture
def decide(high_risk, risk_manager, approver):
    plan = make_plan(high_risk, by=risk_manager, submitted=True, resources=RESOURCES)
    sent = {"content_hash": plan.head.content_hash, "comment": "同意"}

    def send(*grants):
        return ApiClient(approver).post(f"plans/{plan.code}/approve/", sent | {"grants": grants})

    return send


def test_granted_in_part(decide):
    assert decide({"key": "p", "granted": "2", "note": "先两位"}).status_code == 200
    granted = {line.key: line.granted for line in ResourceLine.objects.all()}
    assert granted == {"m": 144000, "p": 2}


def test_one_resource_is_granted_once(decide):
    answer = decide({"key": "m", "granted": "1"}, {"key": "m", "granted": "144000"})
    sentence = "One resource is granted twice. Send each key once."
    assert refusal(answer) == (400, "invalid", {"grants": [sentence]})
    assert not Approval.objects.exists()


def test_what_is_wrong_is_named_as_it_was_sent(decide):
    answer = decide(
        {"key": "p", "granted": "2"},
        {"key": "m", "granted": "150000"},
        {"key": "x", "granted": "1"},
    )
    assert refusal(answer) == (400, "invalid", {
        "grants.1": ["This is more than is asked for: say why."],
        "grants.2": ["The version that waits has no such resource."],
    })  # fmt: skip
    assert not Approval.objects.exists()


def test_a_comment_is_as_long_as_on_the_page(high_risk, risk_manager, approver):
    plan = make_plan(high_risk, by=risk_manager, submitted=True)
    sent = {"content_hash": plan.head.content_hash, "comment": "x" * 2001}
    answer = ApiClient(approver).post(f"plans/{plan.code}/request-changes/", sent)
    assert (answer.status_code, set(refusal(answer)[2])) == (400, {"comment"})
