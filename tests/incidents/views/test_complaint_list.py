"""The queue: what is open by its next clock, three clocks in words, five views."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from incidents.complaints.rows import clocks_of
from riskhub.company.business_calendar import working_time
from tests.incidents.complaining import contact, make_complaint

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


def test_the_keys_of_the_page_are_listed_for_whoever_may_press_them(sign_in, service, auditor):
    keys = [key for key, _words in sign_in(service).get(URL).context["shortcuts"]]
    assert keys == ["j k", "t", "l", "o", "n", "e"]
    assert len(sign_in(auditor).get(URL).context["shortcuts"]) == 1
