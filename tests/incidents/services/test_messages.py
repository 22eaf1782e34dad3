"""What customers write: once, in their words, and it sets the clocks going that waited for them."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError

from incidents.models import ComplaintMessage
from incidents.services import CUSTOMER
from incidents.services.handling import end_complaint, pause_complaint
from incidents.services.messages import write_message
from riskhub.audit.models import AuditEvent
from riskhub.audit.transitions import WrongState
from riskhub.entry.repeats import KeyReused
from tests.incidents.complaining import make_complaint

pytestmark = pytest.mark.django_db


def write(complaint, text="还在漏", key=None):
    return write_message(complaint, by=CUSTOMER, text=text, client_uuid=key or uuid4())


def test_it_is_kept_as_the_customers_without_a_name():
    message = write(make_complaint(), "还在漏\n请快点")
    assert (message.direction, message.author, message.text) == ("in", None, "还在漏\n请快点")
    event = AuditEvent.objects.filter(object_type="incidents_complaintmessage").get()
    assert (event.action, event.actor_id) == ("complaint.answered", None)


def test_the_same_form_twice_is_one_message():
    complaint, key = make_complaint(), uuid4()
    assert write(complaint, key=key) == write(complaint, key=key)
    assert ComplaintMessage.objects.count() == 1


def test_a_form_used_for_other_words_or_another_complaint_is_refused():
    complaint, key = make_complaint(), uuid4()
    write(complaint, key=key)
    for about, text in ((complaint, "别的话"), (make_complaint(), "还在漏")):
        with pytest.raises(KeyReused):
            write(about, text, key)


def test_the_clocks_that_waited_for_it_go_on(service):
    with time_machine.travel("2026-09-23T02:00:00Z", tick=False) as clock:
        complaint = make_complaint(troubles=["hurt"])
        pause_complaint(complaint, by=service, reason="要发票")
        due = complaint.first_contact_due
        clock.shift(3600)
        write(complaint)
        complaint.refresh_from_db()
    assert complaint.paused_at is None
    assert complaint.first_contact_due - due == timedelta(hours=1)


def test_nothing_is_said_in_no_words():
    with pytest.raises(ValidationError):
        write(make_complaint(), " \u200b")


def test_about_what_is_over_nobody_writes(service):
    complaint = make_complaint()
    end_complaint(complaint, by=service, state="withdrawn", reason="客户撤回")
    with pytest.raises(WrongState):
        write(complaint)
