from datetime import timedelta

import pytest
from django.utils import timezone

from incidents.models import StatutoryClock
from tests.incidents.reporting import confirmed, make_incident
from tests.incidents.views.investigating import send_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(clean, risk_manager, staff_cleaning):
    confirmed(risk_manager, "insurer_notice")
    return make_incident(clean, staff_cleaning).clocks.get()


def test_reported_when_and_to_whom(sign_in, clock, risk_manager):
    client = sign_in(risk_manager)
    assert "可能索赔" in client.get(f"/incidents/clocks/{clock.pk}/answer/").text
    now = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    sent = {"answer": "reported", "told_at": now, "told_to": "平安 95511"}
    assert send_to(client, clock, "clocks", "answer", **sent).status_code == 302
    assert "已报告：平安 95511" in client.get(clock.incident.get_absolute_url()).text


def test_or_why_it_does_not_apply(sign_in, clock, risk_manager):
    client = sign_in(risk_manager)
    sent = {"answer": "not_applicable", "reason": ""}
    assert send_to(client, clock, "clocks", "answer", **sent).status_code == 422
    send_to(client, clock, "clocks", "answer", **sent | {"reason": "没有保单"})
    assert StatutoryClock.objects.get().answer == "not_applicable"
    assert "不适用：没有保单" in client.get(clock.incident.get_absolute_url()).text


def test_how_long_there_is_stands_on_the_page(sign_in, clock, risk_manager, time_machine):
    (row,) = sign_in(risk_manager).get(clock.incident.get_absolute_url()).context["clocks"]
    assert ("剩" in row.words, row.is_late) == (True, False)
    time_machine.move_to(clock.due_at + timedelta(hours=3))
    (row,) = sign_in(risk_manager).get(clock.incident.get_absolute_url()).context["clocks"]
    assert row.is_late


def test_its_reporter_does_not(sign_in, clock, staff_cleaning):
    assert send_to(sign_in(staff_cleaning), clock, "clocks", "answer").status_code == 403
