"""The single days that lie ahead, with who says so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from riskhub.company.models import CalendarDay
from riskhub.company.services import set_calendar_day, set_preference
from tests.assessments.pages import queries_of

pytestmark = pytest.mark.django_db

URL = "/settings/clocks/days/"


def test_nothing_is_entered_yet(sign_in, risk_manager):
    page = sign_in(risk_manager).get(URL)
    assert (page.status_code, page.context["days"]) == (200, [])
    assert URL in sign_in(risk_manager).get("/settings/clocks/").text


def test_those_that_lie_ahead(sign_in, risk_manager):
    today = timezone.localdate()
    set_calendar_day(today + timedelta(days=3), by=risk_manager, is_worked=False, note="年会")
    CalendarDay.objects.create(day=today - timedelta(days=3), is_worked=True, note="去过了")
    page = sign_in(risk_manager).get(URL)
    assert [one.note for one in page.context["days"]] == ["年会"]
    assert f"{today + timedelta(days=3)}/edit/" in page.text


def test_whoever_answers_complaints_reads_them(sign_in, risk_manager, auditor):
    set_preference("worked_days", "china", by=risk_manager)
    page = sign_in(auditor).get(URL)
    assert len(page.context["days"]) > 10
    assert ("/edit/" in page.text, "/new/" in page.text) == (False, False)


def test_as_often_asked_for_one_as_for_three(sign_in, risk_manager):
    client, today = sign_in(risk_manager), timezone.localdate()
    set_calendar_day(today + timedelta(days=3), by=risk_manager, is_worked=False)
    one = queries_of(client, URL)
    for days in (4, 5):
        set_calendar_day(today + timedelta(days=days), by=risk_manager, is_worked=False)
    assert queries_of(client, URL) == one


def test_others_do_not(sign_in, staff_cleaning):
    assert sign_in(staff_cleaning).get(URL).status_code == 403
