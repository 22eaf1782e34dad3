"""The list: what is not yet over, the newest first, and its filters."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.incidents.reporting import make_incident, make_incident_at, triage

pytestmark = pytest.mark.django_db

URL = "/incidents/"


def codes(page):
    return [one.code for one in page.context["page"]]


@pytest.fixture
def manager(sign_in, risk_manager):
    return sign_in(risk_manager)


def test_the_newest_is_at_the_top_and_what_is_over_is_not_there(manager, clean, risk_manager, risk):
    before = make_incident(clean, risk_manager, occurred_at=timezone.now() - timedelta(days=1))
    now = make_incident(clean, risk_manager)
    closed = make_incident_at("closed", clean, risk_manager, risk)
    assert codes(manager.get(URL)) == [now.code, before.code]
    assert codes(manager.get(URL, {"state": "closed"})) == [closed.code]
    assert len(codes(manager.get(URL, {"state": "all"}))) == 3


def test_it_is_narrowed_by_words_kind_severity_and_department(
    manager, clean, repair, risk_manager, staff_repair
):
    fall = make_incident(clean, risk_manager, "老人滑倒", place="卧室")
    near = make_incident(clean, risk_manager, "差点撞到", kind="near_miss")
    other = make_incident(repair, staff_repair, "漏电")
    triage(fall, risk_manager)
    for query, found in (
        ({"q": "滑倒"}, [fall]),
        ({"q": "卧室"}, [fall]),
        ({"q": near.code}, [near]),
        ({"kind": "near_miss"}, [near]),
        ({"severity": "4"}, [fall]),
        ({"department": "TECH"}, [other]),
        ({"state": "triaged"}, [fall]),
        ({"looked_into": "mine"}, [fall]),
        ({"looked_into": "nobody"}, [other, near]),
        ({"q": "没有这回事"}, []),
    ):
        assert codes(manager.get(URL, query)) == [one.code for one in found]


def test_what_does_not_exist_finds_nothing_and_says_so(manager, clean, risk_manager):
    make_incident(clean, risk_manager)
    page = manager.get(URL, {"kind": "flood"})
    assert (codes(page), page.context["filtered"].complaint != "") == ([], True)


def test_how_many_were_hurt_stands_in_the_row(manager, clean, risk_manager):
    make_incident(clean, risk_manager, hurt=["staff", "customer"])
    assert [one.hurt for one in manager.get(URL).context["page"]] == [2]


def test_a_head_sees_those_of_the_department_alone(
    sign_in, clean, repair, head_cleaning, staff_cleaning, staff_repair
):
    ours = make_incident(clean, staff_cleaning)
    make_incident(repair, staff_repair)
    assert codes(sign_in(head_cleaning).get(URL)) == [ours.code]


def test_staff_have_no_list(sign_in, staff_cleaning):
    assert sign_in(staff_cleaning).get(URL).status_code == 403


def test_as_many_queries_for_three_as_for_one(
    manager, clean, risk_manager, django_assert_num_queries
):
    make_incident(clean, risk_manager, hurt=["staff"])
    manager.get(URL)
    with CaptureQueriesContext(connection) as one:
        manager.get(URL)
    make_incident(clean, risk_manager)
    make_incident(clean, risk_manager)
    with django_assert_num_queries(len(one)):
        manager.get(URL)


def test_a_filter_answers_with_the_rows_alone(manager, clean, risk_manager):
    make_incident(clean, risk_manager)
    page = manager.get(URL, headers={"HX-Request": "true", "HX-Target": "incident-rows"})
    assert page.text.lstrip().startswith('<div class="rh-stack" id="incident-rows"')


def test_without_any_the_page_says_where_they_come_from(manager):
    assert "没有在办的事故" in manager.get(URL).text
