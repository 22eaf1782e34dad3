"""The queue: what is open by its next clock, three clocks in words, five views."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.services.handling import pause_complaint, take_complaint
from riskhub.audit.context import acting
from tests.incidents.complaining import make_at, make_complaint

pytestmark = pytest.mark.django_db

URL = "/incidents/complaints/"
MORNING = datetime(2026, 9, 23, 2, tzinfo=UTC)  # 10:00 in Shanghai


def codes(page):
    return [row.complaint.code for row in page.context["rows"]]


def counts(page):
    return [tab.count for tab in page.context["views"]]


def test_the_clock_that_ends_next_is_at_the_top(sign_in, service):
    slow, fast = make_complaint("慢"), make_complaint("快", troubles=["hurt"])
    assert codes(sign_in(service).get(URL)) == [fast.code, slow.code]


def test_all_three_clocks_are_told_in_words(sign_in, service):
    make_complaint(troubles=["hurt"])
    (row,) = sign_in(service).get(URL).context["rows"]
    assert [clock.words for clock in row.clocks] == ["剩 30 分钟", "剩 24 小时", "剩 7 天"]


def test_views_hold_what_they_are_called_and_count_it(sign_in, service, second_service):
    with time_machine.travel(MORNING - timedelta(days=9), tick=False):
        late = make_complaint("晚了")
    mine = take_complaint(make_complaint("我的"), by=service)
    theirs = take_complaint(make_complaint("别人的"), by=second_service)
    waiting = pause_complaint(make_complaint("等客户"), by=service, reason="要发票")
    over = make_at("fulfilled", service)
    again = make_complaint("又来", order_ref="DD-1")
    repeat = make_complaint("再来", order_ref="DD-1")
    client = sign_in(service)
    shown = {
        view: set(codes(client.get(URL, {"view": view})))
        for view in ("mine", "unassigned", "breached", "waiting", "repeated", "over")
    }
    assert shown == {
        "mine": {mine.code},
        "unassigned": {late.code, waiting.code, over.code, again.code, repeat.code},
        "breached": {late.code},
        "waiting": {waiting.code},
        "repeated": {repeat.code},
        "over": set(),
    }
    assert counts(client.get(URL)) == [7, *(len(held) for held in shown.values())]
    assert theirs.code in codes(client.get(URL))


def test_it_is_narrowed_by_words_severity_and_channel(sign_in, service):
    hurt = make_complaint("工人摔伤", troubles=["hurt"])
    make_complaint("迟到")
    client = sign_in(service)
    assert codes(client.get(URL, {"q": "摔"})) == [hurt.code]
    assert codes(client.get(URL, {"severity": "S1"})) == [hurt.code]
    assert codes(client.get(URL, {"channel": "phone"})) == []
    forged = client.get(URL, {"severity": "S9"})
    assert (codes(forged), forged.context["filtered"].is_forged) == ([], True)


def test_a_head_sees_those_of_the_department_alone(sign_in, head_cleaning, clean, service):
    ours, _theirs = make_complaint("我们的"), make_complaint("别人的")
    with acting(service, "complaint.edited"):
        ours.department = head_cleaning.department
        ours.save(update_fields=["department"])
    page = sign_in(head_cleaning).get(URL)
    assert (codes(page), counts(page)[0]) == ([ours.code], 1)


def test_staff_have_no_queue(sign_in, staff_cleaning):
    assert sign_in(staff_cleaning).get(URL).status_code == 403


def test_as_many_queries_for_three_as_for_one(sign_in, service, django_assert_num_queries):
    client = sign_in(service)
    make_complaint()
    client.get(URL)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    make_complaint("二")
    make_complaint("三")
    with django_assert_num_queries(len(one)):
        client.get(URL)


def test_a_filter_answers_with_the_rows_alone(sign_in, service):
    make_complaint()
    page = sign_in(service).get(URL, headers={"HX-Request": "true", "HX-Target": "complaint-rows"})
    assert page.text.lstrip().startswith('<div id="complaint-rows"')


def test_without_any_the_page_says_where_they_come_from(sign_in, service):
    assert "没有在办的投诉" in sign_in(service).get(URL).text
