from datetime import timedelta

import pytest
from django.utils import timezone

from riskhub.company.models import CalendarDay
from riskhub.company.services import set_calendar_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(risk_manager):
    day = timezone.localdate() + timedelta(days=9)
    return set_calendar_day(day, by=risk_manager, is_worked=False, note="年会")


def url(day):
    return f"/settings/clocks/days/{day}/edit/"


def test_it_is_changed(sign_in, risk_manager, kept):
    client = sign_in(risk_manager)
    form = client.get(url(kept)).context["form"]
    assert (form["kind"].value(), form["note"].value()) == ("closed", "年会")
    answer = client.post(url(kept), {"kind": "worked", "note": ""})
    assert (answer.status_code, answer["Location"]) == (302, "/settings/clocks/days/")
    kept.refresh_from_db()
    assert (kept.is_worked, kept.note) == (True, "")


def test_what_is_refused_stands_at_its_field(sign_in, risk_manager, kept):
    page = sign_in(risk_manager).post(url(kept), {"kind": ""})
    assert (page.status_code, [*page.context["form"].errors]) == (422, ["kind"])


def test_what_is_over_or_no_day_is_not_there(sign_in, risk_manager):
    yesterday = timezone.localdate() - timedelta(days=1)
    CalendarDay.objects.create(day=yesterday, is_worked=True)
    client = sign_in(risk_manager)
    for day in (yesterday, timezone.localdate(), "tomorrow", "2026-13-01"):
        assert client.get(url(day)).status_code == 404


def test_only_whoever_keeps_the_clocks(sign_in, auditor, kept):
    assert sign_in(auditor).get(url(kept)).status_code == 403
