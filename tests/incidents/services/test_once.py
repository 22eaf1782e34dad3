"""What arrives twice, or when it is too late, changes nothing."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from incidents.models import Complaint
from incidents.services import complaints
from incidents.services.handling import note_internally
from incidents.services.offers import _put_to_customer, approve_offer, make_offer, revoke_offer
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState
from riskhub.entry.repeats import KeyReused
from tests.cast import make_user
from tests.incidents.complaining import contact, make_complaint, offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(service):
    """An offer above the authority of whoever made it."""
    complaint = make_complaint()
    contact(complaint, service)
    return offer(complaint, service, amount=800)


def test_a_key_that_comes_in_at_this_very_moment_is_that_complaint(monkeypatch):
    receive, tries = complaints._receive, []

    def taken_meanwhile(*given):
        tries.append(given)
        if len(tries) == 1:
            raise IntegrityError
        return receive(*given)

    monkeypatch.setattr(complaints, "_receive", taken_meanwhile)
    assert make_complaint() == Complaint.objects.get()
    assert len(tries) == 2


def test_a_note_sent_twice_is_one(service):
    complaint, key = make_complaint(), uuid4()
    for _time in range(2):
        note_internally(complaint, by=service, text="客户是老顾客", client_uuid=key)
    assert complaint.messages.count() == 1


def ended(complaint, by):
    """As nobody may by the services: an open offer holds its complaint open."""
    with acting(by, "complaint.withdrawn"):
        Complaint.objects.filter(pk=complaint.pk).update(
            state="withdrawn", closed_at=complaint.received_at, closed_reason="客户撤回"
        )


def test_an_offer_is_approved_once_and_then_not_taken_back(waiting, risk_manager):
    approve_offer(waiting, by=risk_manager)
    with pytest.raises(WrongState), transaction.atomic():
        approve_offer(waiting, by=risk_manager)
    with pytest.raises(WrongState):
        revoke_offer(waiting, by=risk_manager, reason="改主意了")


def test_the_key_of_another_offer_is_refused(waiting, service):
    with pytest.raises(KeyReused):
        make_offer(
            waiting.complaint, by=service, kind="redo", text="别的", client_uuid=waiting.client_uuid
        )


def test_an_offer_is_taken_back_with_a_reason(waiting, service):
    with pytest.raises(ValidationError, match="为何"):
        revoke_offer(waiting, by=service, reason=" ")


def test_of_what_is_over_nothing_is_offered(waiting, service):
    ended(waiting.complaint, service)
    approver = make_user("approver", "马文斌", "approver")
    with pytest.raises(WrongState), transaction.atomic():
        approve_offer(waiting, by=approver)
    with pytest.raises(WrongState):
        _put_to_customer(waiting)
