"""Filing by a program, and reading what became of one's own."""

from uuid import uuid4

import pytest

from registers.models import RiskProposal
from registers.receipts import receipt_of
from registers.services import file_proposal
from tests.filings import QUESTION, ask
from tests.registers.audit import Trail

URL = "/api/v1/proposals/"
SENT = {"text": "扶手松动", "department": "CLEAN"}


@pytest.fixture
def staff(sign_in, staff_cleaning):
    return sign_in(staff_cleaning)


def post(client, key=None, **sent):
    headers = {"Idempotency-Key": str(key)} if key else {}
    return client.post(URL, SENT | sent, content_type="application/json", headers=headers)


def test_one_sentence_is_enough(staff, clean, staff_cleaning):
    trail = Trail()
    answer = post(staff)
    filed = RiskProposal.objects.get()
    assert (answer.status_code, answer.json()["number"]) == (201, filed.pk)
    assert (filed.text, filed.department, filed.submitter) == ("扶手松动", clean, staff_cleaning)
    assert answer.json()["receipt"] == f"/m/filed/{filed.pk}"
    assert trail.only("registers_riskproposal").action == "proposal.filed"


def test_the_same_key_three_times_is_one_number(staff):
    key = uuid4()
    numbers = {post(staff, key).json()["number"] for _ in range(3)}
    assert (len(numbers), RiskProposal.objects.count()) == (1, 1)
    refused = post(staff, key, text="别的事")
    assert (refused.status_code, refused.json()["code"]) == (409, "key_reused")


def test_without_a_name(staff):
    key = uuid4()
    answer = post(staff, key, kinds=["near_miss"], is_anonymous=True).json()
    filed = RiskProposal.objects.get()
    assert (filed.submitter, answer["receipt"]) == (None, f"/m/filed/{receipt_of(key)}")
    assert staff.get(answer["receipt"]).status_code == 200
    assert staff.get(URL).json()["results"] == []


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": " "}, "text"),
        ({"kinds": ["x"]}, "kinds.0"),
        ({"department": "REPAIR"}, "department"),
        ({"department": "NONE"}, "department"),
        ({"is_anonymous": True}, "is_anonymous"),
        ({"state": "accepted"}, "state"),
    ],
)
def test_what_is_refused_by_name(staff, repair, sent, field):
    answer = post(staff, **sent)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not RiskProposal.objects.exists()


def test_ones_own_newest_first_in_as_many_queries(
    staff, staff_cleaning, staff_repair, clean, repair, django_assert_max_num_queries
):
    for text in ("一", "二", "三"):
        file_proposal(by=staff_cleaning, client_uuid=uuid4(), text=text, department=clean)
    file_proposal(by=staff_repair, client_uuid=uuid4(), text="别人的", department=repair)
    with django_assert_max_num_queries(6):
        found = staff.get(URL).json()["results"]
    assert [each["text"] for each in found] == ["三", "二", "一"]


def test_one_of_ones_own_with_question_and_answer(staff, sign_in, staff_repair, risk_manager):
    filed = RiskProposal.objects.get(pk=post(staff).json()["number"])
    ask(filed, by=risk_manager)
    found = staff.get(f"{URL}{filed.pk}/").json()
    assert (found["state"], [each["text"] for each in found["messages"]]) == (
        "need_info",
        [QUESTION],
    )
    for user in (staff_repair, risk_manager):
        assert sign_in(user).get(f"{URL}{filed.pk}/").status_code == 404


def test_an_auditor_does_not_file(sign_in, auditor):
    assert post(sign_in(auditor)).status_code == 403
