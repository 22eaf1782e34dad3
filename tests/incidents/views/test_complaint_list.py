"""The queue: what is open by its next clock, three clocks in words, five views."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from incidents.complaints.durations import time_in_words
from incidents.complaints.rows import clocks_of
from incidents.models import Complaint
from riskhub.company.business_calendar import working_time
from tests.incidents.complaining import CHEN, contact, make_complaint

pytestmark = pytest.mark.django_db

URL = "/incidents/complaints/"
MORNING = datetime(2026, 9, 23, 2, tzinfo=UTC)  # 10:00 in Shanghai


def codes(page):
    return [row.complaint.code for row in page.context["rows"]]


def counts(page):
    return [tab.count for tab in page.context["views"]]


def test_the_clock_that_ends_next_stands_out_and_a_late_one_more(service):
    with time_machine.travel(MORNING, tick=False):
        complaint = contact(make_complaint(troubles=["hurt"]), service)  # S1: all hours
    complaint.refresh_from_db()
    done, soon, last = clocks_of(complaint, working_time(), MORNING + timedelta(hours=6))
    assert (soon.look, last.look) == ("next", "run")
    assert soon.run == "28.3 37.7"  # 18 of 24 hours are left
    done, late, _last = clocks_of(complaint, working_time(), MORNING + timedelta(hours=25))
    assert (late.look, late.run) == ("late", "37.7 37.7")
    assert done.look == "done"


def test_what_ran_out_at_the_end_of_the_day_is_late_in_the_evening_already(service):
    with time_machine.travel(MORNING, tick=False):
        complaint = make_complaint()  # S3: one working day
    complaint.refresh_from_db()
    evening = complaint.first_contact_due + timedelta(hours=20)
    first, *_rest = clocks_of(complaint, working_time(), complaint.first_contact_due)
    assert (first.look, first.words) == ("next", "剩 1 分钟")
    work = replace(working_time(), is_worked=lambda _day: False)
    first, *_rest = clocks_of(complaint, work, evening)
    assert (first.look, first.words) == ("late", "已超时")


def test_a_call_before_work_began_took_no_working_time(service):
    with time_machine.travel(MORNING - timedelta(hours=6), tick=False):  # 04:00
        complaint = make_complaint()
    with time_machine.travel(MORNING - timedelta(hours=5), tick=False):
        contact(complaint, service)
    complaint.refresh_from_db()
    first, *_rest = clocks_of(complaint, working_time(), MORNING)
    assert first.when == "在工作时间以外"


def test_a_repeat_says_which_time_it_is_within_90_days(sign_in, service):
    days = {"一": 200, "二": 80, "三": 40, "四": 0}
    for text, ago in days.items():
        told = make_complaint(text, received_at=timezone.now() - timedelta(days=ago), contact=CHEN)
    by_order = make_complaint("订单", order_ref="A-1")
    again = make_complaint("又是", order_ref="A-1")
    client = sign_in(service)
    times = {row.complaint.text: row.time for row in client.get(URL).context["rows"]}
    assert times == {
        "一": "", "二": "", "三": "第 2 次", "四": "第 3 次", "订单": "", "又是": "第 2 次",
    }  # fmt: skip
    assert client.get(told.get_absolute_url()).context["time"] == "第 3 次"
    Complaint.objects.filter(pk=by_order.pk).update(order_ref="")  # nobody knows it any more
    assert client.get(again.get_absolute_url()).context["time"] == "第 2 次"


def test_the_keys_of_the_page_are_listed_for_whoever_may_press_them(sign_in, service, auditor):
    keys = [key for key, _words in sign_in(service).get(URL).context["shortcuts"]]
    assert keys == ["j k", "t", "l", "o", "n", "e"]
    assert len(sign_in(auditor).get(URL).context["shortcuts"]) == 1


def test_it_says_so_in_english_as_well():
    with override("en"):
        words = [time_in_words(times) for times in (None, 2, 3, 4)]
    assert words == ["", "2nd time", "3rd time", "4 times"]
