"""How a complaint stands in the words of whoever made it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from incidents.complaints.tracking import may_reopen, story_of
from incidents.services import CUSTOMER
from incidents.services.closing import reopen_complaint
from incidents.services.handling import end_complaint, pause_complaint
from incidents.services.offers import answer_offer
from tests.incidents.complaining import CHEN, contact, make_at, make_closed, make_complaint

pytestmark = pytest.mark.django_db
MORNING = "2026-09-23T02:00:00Z"  # 10:00 in Shanghai
PLACES = {
    "received": ["done", "now", "todo", "todo", "todo"],
    "contacted": ["done", "done", "now", "todo", "todo"],
    "investigating": ["done", "done", "now", "todo", "todo"],
    "offered": ["done", "done", "done", "now", "todo"],
    "accepted": ["done", "done", "done", "done", "now"],
    "fulfilled": ["done", "done", "done", "done", "now"],
}


def told(complaint, now=None):
    complaint.refresh_from_db()
    return story_of(complaint, now or timezone.now())


def places(complaint):
    return [step.place for step in told(complaint).steps]


@pytest.mark.parametrize("state", PLACES)
def test_each_state_stands_at_its_step(service, state):
    assert places(make_at(state, service)) == PLACES[state]


def test_by_when_somebody_calls_is_said_with_the_hour_of_today():
    with time_machine.travel(MORNING, tick=False):
        complaint = make_complaint(troubles=["hurt"], contact=CHEN)
        assert told(complaint).next == "我们在今天 10:30 前联系你。"


def test_who_left_nothing_reads_the_answer_there():
    with time_machine.travel(MORNING, tick=False):
        assert told(make_complaint()).next == "我们在9月24日 10:00 前在这一页答复你。"


@pytest.mark.parametrize("reached", [CHEN, None])
def test_what_is_late_is_not_promised_again(reached):
    with time_machine.travel(MORNING, tick=False):
        complaint = make_complaint(**({"contact": reached} if reached else {}))
    later = complaint.first_contact_due + timedelta(minutes=1)
    assert "现在先办你的" in told(complaint, later).next


def test_after_the_call_the_offer_is_promised_and_then_the_end(service):
    complaint = make_complaint(contact=CHEN)
    contact(complaint, service)
    assert told(complaint).next.endswith("前收到我们的方案。")
    assert told(complaint, complaint.offer_due + timedelta(days=1)).next.startswith("用的时间比")
    offered = make_at("offered", service)
    assert told(offered).next.endswith("前全部办好。")
    assert told(offered, offered.close_due + timedelta(days=1)).next == "你方便时在下面答复。"
    answer_offer(offered.offers.get(), by=CUSTOMER, accepted=False)
    assert told(offered).next.endswith("前全部办好。")
    assert "没有接受" in told(offered).head


def test_while_it_waits_for_the_customer_it_says_so(service):
    complaint = make_at("contacted", service)
    pause_complaint(complaint, by=service, reason="要发票")
    assert told(complaint).head == "我们在等你的回复"
    assert "发票" not in told(complaint).next


def test_what_is_closed_may_be_opened_again_for_a_month(service, risk):
    complaint = make_closed(service, risk)
    assert places(complaint) == ["done"] * 5
    last = complaint.closed_at + timedelta(days=30)
    assert may_reopen(complaint, last)
    assert "可以要求重新处理" in told(complaint).next
    assert not may_reopen(complaint, last + timedelta(seconds=1))
    assert "重新提一次投诉" in told(complaint, last + timedelta(seconds=1)).next
    reopen_complaint(complaint, by=CUSTOMER, reason="又漏了")
    assert (places(complaint), may_reopen(complaint, last)) == (PLACES["investigating"], False)


def test_what_ended_without_an_offer_shows_what_was_reached(service):
    complaint = make_at("contacted", service)
    end_complaint(complaint, by=service, state="invalid", reason="不是我们的订单")
    assert places(complaint) == ["done", "done", "todo", "todo", "done"]
    assert "不是我们的订单" not in told(complaint).head + told(complaint).next
    assert not may_reopen(complaint, timezone.now())
