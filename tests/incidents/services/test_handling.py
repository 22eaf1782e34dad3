from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from incidents.models import ComplaintMessage
from incidents.services.handling import (
    end_complaint,
    escalate_complaint,
    log_contact,
    pause_complaint,
    resume_complaint,
    take_complaint,
)
from riskhub.audit.models import AuditEvent
from riskhub.audit.transitions import WrongState
from tests.incidents.complaining import contact, make_at, make_complaint

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 9, 23, 2, tzinfo=UTC)  # 10:00 in Shanghai


def actions_of(row):
    return [event.action for event in AuditEvent.objects.about(row).order_by("id")]


def test_whoever_takes_it_has_it(service, second_service):
    complaint = make_complaint()
    assert take_complaint(complaint, by=service).handler == service
    assert take_complaint(complaint, by=second_service).handler == second_service
    assert actions_of(complaint) == ["complaint.received", "complaint.taken", "complaint.taken"]


def test_the_first_word_to_the_customer_stops_the_first_clock(service):
    complaint = make_complaint()
    at = timezone.now()
    stored = log_contact(complaint, by=service, text="已致电", client_uuid=uuid4(), at=at)
    assert (stored.state, stored.first_contact_at) == ("contacted", at)
    contact(stored, service)
    stored.refresh_from_db()
    assert (stored.first_contact_at, stored.messages.count()) == (at, 2)


def test_the_same_call_sent_twice_is_one(service):
    complaint, key = make_complaint(), uuid4()
    for _time in range(2):
        log_contact(complaint, by=service, text="已致电", client_uuid=key)
    assert ComplaintMessage.objects.count() == 1


@pytest.mark.parametrize("text", ["", " ", "\u200b"])
def test_a_call_says_what_was_said(service, text):
    with pytest.raises(ValidationError, match="用一句话"):
        contact(make_complaint(), service, text)


@pytest.mark.parametrize("delta", [timedelta(days=-1), timedelta(minutes=5)])
def test_nobody_called_before_it_came_or_later_than_now(service, delta):
    at = timezone.now() + delta
    with pytest.raises(ValidationError, match="收到投诉之后"):
        log_contact(make_complaint(), by=service, text="已致电", client_uuid=uuid4(), at=at)


@pytest.mark.parametrize(("state", "action"), [("withdrawn", "withdrawn"), ("invalid", "refused")])
def test_it_ends_without_an_offer_only_with_a_reason(service, state, action):
    complaint = make_complaint()
    with pytest.raises(ValidationError, match="没有方案"):
        end_complaint(complaint, by=service, state=state, reason=" ")
    ended = end_complaint(complaint, by=service, state=state, reason="客户撤回")
    assert (ended.state, ended.closed_reason) == (state, "客户撤回")
    event = AuditEvent.objects.about(complaint).first()
    assert (event.action, event.reason) == (f"complaint.{action}", "客户撤回")


def test_closed_is_no_way_to_end_it_without_an_offer(service):
    with pytest.raises(WrongState):
        end_complaint(make_complaint(), by=service, state="closed", reason="算了")


def test_what_is_over_is_not_taken_called_about_or_paused(service):
    ended = end_complaint(make_complaint(), by=service, state="invalid", reason="重复")
    for step in (
        lambda: take_complaint(ended, by=service),
        lambda: contact(ended, service),
        lambda: pause_complaint(ended, by=service, reason="等照片"),
    ):
        with pytest.raises(WrongState):
            step()


def test_it_goes_higher_with_a_reason(service):
    complaint = make_at("investigating", service)
    with pytest.raises(ValidationError, match="要升级"):
        escalate_complaint(complaint, by=service, reason="")
    assert escalate_complaint(complaint, by=service, reason="金额超权限").state == "escalated"


def test_while_it_waits_for_the_customer_the_clocks_stand_still(service):
    with time_machine.travel(MORNING, tick=False):
        complaint = make_complaint(troubles=["damage"])  # S2: 120 minutes of working time
        contact(complaint, service)
    with time_machine.travel(MORNING + timedelta(minutes=30), tick=False):
        pause_complaint(complaint, by=service, reason="等客户发照片")
        pause_complaint(complaint, by=service, reason="又问了一次")
    complaint.refresh_from_db()
    before = complaint.first_contact_due, complaint.offer_due, complaint.close_due
    with time_machine.travel(MORNING + timedelta(days=1, minutes=30), tick=False):
        resumed = resume_complaint(complaint, by=service)
    assert resumed.paused_at is None
    assert resumed.paused_minutes == 480
    assert resumed.first_contact_due == before[0]  # done: it stays
    assert resumed.offer_due == before[1] + timedelta(days=1)
    assert resumed.close_due == before[2] + timedelta(days=1)


def test_what_does_not_wait_is_not_resumed(service):
    complaint = make_complaint()
    resumed = resume_complaint(complaint, by=service)
    assert (resumed.paused_minutes, actions_of(complaint)) == (0, ["complaint.received"])
