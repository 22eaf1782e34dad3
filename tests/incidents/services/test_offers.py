from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from incidents.models import Resolution
from incidents.services import CUSTOMER
from incidents.services.handling import pause_complaint
from incidents.services.offers import (
    AnswersAlready,
    CannotApprove,
    answer_offer,
    approve_offer,
    fulfil_offer,
    make_offer,
)
from riskhub.audit.transitions import WrongState
from tests.incidents.complaining import make_at, offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def looked_into(service):
    return make_at("investigating", service)


@pytest.mark.parametrize("amount", [None, Decimal(500)])
def test_within_ones_authority_the_customer_sees_it_at_once(looked_into, service, amount):
    made = offer(looked_into, service, amount=amount)
    looked_into.refresh_from_db()
    assert (made.needs_approval, looked_into.state) == (False, "offered")
    assert looked_into.offer_at == made.offered_at


def test_eight_hundred_with_authority_for_five_hundred_waits_for_approval(
    looked_into, service, risk_manager
):
    """R-62."""
    made = offer(looked_into, service, amount=Decimal(800))
    looked_into.refresh_from_db()
    assert (made.needs_approval, made.offered_at, looked_into.state) == (
        True,
        None,
        "investigating",
    )
    approve_offer(made, by=risk_manager)
    looked_into.refresh_from_db()
    made.refresh_from_db()
    assert (made.approved_by, looked_into.state) == (risk_manager, "offered")
    assert looked_into.offer_at == made.offered_at


def test_who_made_it_and_whose_authority_is_too_small_do_not_approve(
    looked_into, service, second_service, risk_manager, approver
):
    made = offer(looked_into, service, amount=Decimal(8000))
    for other in (service, second_service, risk_manager):
        with pytest.raises(CannotApprove):
            approve_offer(made, by=other)
    assert approve_offer(made, by=approver).approved_by == approver


def test_the_database_shows_no_customer_what_nobody_approved(looked_into, service):
    made = offer(looked_into, service, amount=Decimal(800))
    for fields in (
        {"offered_at": "2026-09-23T02:00Z"},
        {"offered_at": "2026-09-23T02:00Z", "approved_by": service},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Resolution.objects.filter(pk=made.pk).update(**fields)


@pytest.mark.parametrize("amount", [Decimal(0), Decimal(-5)])
def test_money_is_more_than_nothing(looked_into, service, amount):
    with pytest.raises(ValidationError, match="大于 0"):
        offer(looked_into, service, amount=amount)


def test_an_offer_says_something(looked_into, service):
    with pytest.raises(ValidationError):
        offer(looked_into, service, text=" ")


def test_one_offer_at_a_time_and_the_same_one_sent_twice_is_one(looked_into, service):
    key = uuid4()
    sent = {"by": service, "kind": "redo", "text": "返工", "client_uuid": key}
    first = make_offer(looked_into, **sent)
    assert make_offer(looked_into, **sent) == first
    with pytest.raises(WrongState):
        offer(looked_into, service)


def test_while_one_waits_for_approval_there_is_no_other(looked_into, service):
    offer(looked_into, service, amount=Decimal(800))
    with pytest.raises(AnswersAlready):
        offer(looked_into, service, amount=Decimal(100))


def test_the_customer_accepts_and_it_is_done(looked_into, service):
    made = offer(looked_into, service)
    answer_offer(made, by=CUSTOMER, accepted=True)
    answer_offer(made, by=CUSTOMER, accepted=True)
    looked_into.refresh_from_db()
    assert looked_into.state == "accepted"
    fulfil_offer(made, by=service)
    looked_into.refresh_from_db()
    assert looked_into.state == "fulfilled"


def test_the_customer_declines_and_gets_another_one(looked_into, service):
    first = offer(looked_into, service)
    declined = answer_offer(first, by=CUSTOMER, accepted=False, text="不够")
    looked_into.refresh_from_db()
    assert (declined.answer_text, looked_into.state) == ("不够", "declined")
    first_at = looked_into.offer_at
    offer(looked_into, service, text="再加 200 元")
    looked_into.refresh_from_db()
    assert (looked_into.state, looked_into.offer_at) == ("offered", first_at)
    with pytest.raises(WrongState):
        answer_offer(first, by=CUSTOMER, accepted=True)


def test_what_is_not_accepted_is_not_fulfilled(looked_into, service):
    made = offer(looked_into, service)
    with pytest.raises(WrongState):
        fulfil_offer(made, by=service)


def test_an_answer_sets_the_clocks_going_that_waited_for_it(service):
    complaint = make_at("offered", service)
    pause_complaint(complaint, by=service, reason="等答复")
    answer_offer(complaint.offers.get(), by=CUSTOMER, accepted=True)
    complaint.refresh_from_db()
    assert (complaint.state, complaint.paused_at) == ("accepted", None)
