"""Offers for programs: made, approved by another person, answered, done."""

from decimal import Decimal
from uuid import uuid4

import pytest

from incidents.services.offers import answer_offer
from tests.api_client import ApiClient, refusal
from tests.incidents.complaining import CUSTOMER, make_at, make_complaint, offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(service):
    return ApiClient(service)


def path_of(complaint, step=""):
    return f"complaints/{complaint.code}/offers/{step}"


def test_an_offer_within_ones_authority_goes_to_the_customer_once(api, service):
    complaint, key = make_at("contacted", service), {"Idempotency-Key": str(uuid4())}
    body = {"kind": "refund", "text": "退款一百元", "amount": "100.00"}
    made = api.post(path_of(complaint), body, **key)
    assert (made.status_code, made.json()["state"]) == (201, "offered")
    again = api.post(path_of(complaint), body, **key).json()["offers"]
    assert [(one["amount"], one["needs_approval"], one["answer"]) for one in again] == [
        ("100.00", False, "none")
    ]
    changed = body | {"amount": "90.00"}
    assert refusal(api.post(path_of(complaint), changed, **key))[:2] == (409, "key_reused")
    assert [*refusal(api.post(path_of(complaint), body | {"amount": "0"}))[2]] == ["amount"]


def test_above_it_another_person_approves_exactly_the_offer_that_is_named(api, service, approver):
    complaint = make_at("contacted", service)
    body = {"kind": "refund", "text": "退款", "amount": "6000"}
    waiting = api.post(path_of(complaint), body).json()
    (one,) = waiting["offers"]
    assert (waiting["state"], one["needs_approval"]) == ("contacted", True)
    second = refusal(api.post(path_of(complaint), body))
    assert second[:2] == (409, "offer_open")
    named = {"offer": one["number"]}
    own = refusal(api.post(path_of(complaint, "approve/"), named))
    assert own[:2] == (403, "cannot_approve")
    by_other = ApiClient(approver)
    strange = offer(make_at("contacted", service), service, amount=Decimal(6000))
    refused = refusal(by_other.post(path_of(complaint, "approve/"), {"offer": strange.pk}))
    assert (refused[0], [*refused[2]]) == (400, ["offer"])
    approved = by_other.post(path_of(complaint, "approve/"), named).json()
    assert (approved["state"], approved["offers"][0]["needs_approval"]) == ("offered", False)
    assert refusal(by_other.post(path_of(complaint, "approve/"), named))[:2] == (409, "wrong_state")


def test_what_no_customer_saw_is_taken_back(api, service):
    complaint = make_at("contacted", service)
    one = offer(complaint, service, amount=Decimal(6000))
    body = {"offer": one.pk, "reason": "太多"}
    told = api.post(path_of(complaint, "revoke/"), body).json()
    assert [(each["answer"], each["answer_text"]) for each in told["offers"]] == [
        ("revoked", "太多")
    ]


def test_it_is_accepted_and_done(api, service):
    complaint = make_at("offered", service)
    named = {"offer": complaint.offers.get().pk}
    body = named | {"accepted": True, "text": "可以"}
    assert api.post(path_of(complaint, "answer/"), body).json()["state"] == "accepted"
    done = api.post(path_of(complaint, "fulfil/"), named).json()
    assert (done["state"], bool(done["offers"][0]["fulfilled_at"])) == ("fulfilled", True)


def test_what_was_declined_is_never_fulfilled(api, service):
    complaint = make_at("offered", service)
    declined = answer_offer(complaint.offers.get(), by=CUSTOMER, accepted=False)
    complaint.refresh_from_db()
    answer_offer(offer(complaint, service), by=CUSTOMER, accepted=True)
    refused = refusal(api.post(path_of(complaint, "fulfil/"), {"offer": declined.pk}))
    assert refused[:2] == (409, "wrong_state")


def test_who_has_no_authority_decides_on_no_offer(auditor, service):
    complaint = make_complaint()
    for step in ("approve/", "revoke/"):
        assert ApiClient(auditor).post(path_of(complaint, step), {"offer": 1}).status_code == 403
