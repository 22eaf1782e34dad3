"""Another severity counts the clocks that still run anew, from the receipt."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from incidents.models import Severity
from incidents.services import CUSTOMER
from incidents.services.closing import reopen_complaint
from incidents.services.handling import end_complaint, pause_complaint, resume_complaint
from incidents.services.triage import triage_complaint
from riskhub.audit.transitions import WrongState
from tests.incidents.complaining import contact, make_closed, make_complaint

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 9, 23, 2, tzinfo=UTC)  # 10:00 in Shanghai


def graver(complaint, by, code):
    return triage_complaint(complaint, by=by, severity=Severity.objects.get(code=code))


def test_with_another_severity_what_still_runs_is_counted_from_the_receipt(service):
    with time_machine.travel(MORNING, tick=False):
        complaint = make_complaint()  # S3
        former = contact(complaint, service)
    with time_machine.travel(MORNING + timedelta(hours=1), tick=False):
        now = graver(complaint, service, "S1")
    assert now.first_contact_due == former.first_contact_due  # done: it stays
    # 24 hours end before that clock would have: none is due before the one in front of it.
    assert now.offer_due == max(MORNING + timedelta(days=1), former.first_contact_due)
    assert now.close_due == MORNING + timedelta(days=7)


def test_the_minutes_of_waiting_are_kept(service):
    with time_machine.travel(MORNING, tick=False):
        complaint = make_complaint(troubles=["hurt"])  # S1: all hours
        pause_complaint(complaint, by=service, reason="等照片")
    with time_machine.travel(MORNING + timedelta(minutes=20), tick=False):
        resume_complaint(complaint, by=service)
        now = graver(complaint, service, "S2")
    # 120 minutes of working time and 20 of waiting, the break between 12 and 13 aside.
    assert now.first_contact_due == MORNING + timedelta(minutes=200)


def test_the_closing_of_what_was_taken_up_again_is_counted_from_then(service, risk):
    with time_machine.travel(MORNING, tick=False):
        closed = make_closed(service, risk)
    with time_machine.travel(again := MORNING + timedelta(days=20), tick=False):
        opened = reopen_complaint(closed, by=CUSTOMER, reason="又漏水了")
    with time_machine.travel(again + timedelta(hours=1), tick=False):
        now = graver(opened, service, "S1")
    assert now.close_due == again + timedelta(days=7)


def test_what_ended_meanwhile_is_not_sorted(service):
    complaint = make_complaint()
    end_complaint(complaint, by=service, state="invalid", reason="重复")
    with pytest.raises(WrongState):
        triage_complaint(complaint, by=service, handler=service)
