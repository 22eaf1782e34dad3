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
    return f"/settings/clocks/days/{day}/remove/"


def test_it_is_a_day_as_usual_again(sign_in, risk_manager, kept):
    client = sign_in(risk_manager)
    assert client.get(url(kept)).status_code == 405
    answer = client.post(url(kept))
    assert (answer.status_code, answer["Location"]) == (302, "/settings/clocks/days/")
    assert not CalendarDay.objects.exists()
    assert client.post(url(kept)).status_code == 404


def test_only_whoever_keeps_the_clocks(sign_in, auditor, kept):
    assert sign_in(auditor).post(url(kept)).status_code == 403
    assert CalendarDay.objects.exists()
