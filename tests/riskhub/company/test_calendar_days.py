"""Single days of the company: entered, changed, taken back, and counted by clocks."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from riskhub.audit.models import AuditEvent
from riskhub.company.business_calendar import coming_days
from riskhub.company.models import CalendarDay
from riskhub.company.services import remove_calendar_day, set_calendar_day, set_preference
from tests.incidents.complaining import make_complaint

pytestmark = pytest.mark.django_db


def test_a_complaint_is_due_later_over_a_closed_day(time_machine, risk_manager):
    time_machine.move_to("2026-11-23T17:30+08:00", tick=False)
    before = make_complaint("之前").first_contact_due
    tomorrow = date(2026, 11, 24)
    set_calendar_day(tomorrow, by=risk_manager, is_worked=False, note="年会")
    after = make_complaint("之后")
    assert timezone.localdate(before) == tomorrow
    assert after.first_contact_due - before == timedelta(days=1)
    remove_calendar_day(CalendarDay.objects.get(), by=risk_manager)
    assert make_complaint("又是").first_contact_due == before
    after.refresh_from_db()
    assert after.first_contact_due - before == timedelta(days=1)


def test_every_step_is_in_the_log(risk_manager):
    day = timezone.localdate() + timedelta(days=9)
    set_calendar_day(day, by=risk_manager, is_worked=False)
    set_calendar_day(day, by=risk_manager, is_worked=True, note="  盘点 ")
    kept = CalendarDay.objects.get()
    assert (kept.is_worked, kept.note) == (True, "盘点")
    remove_calendar_day(kept, by=risk_manager)
    events = AuditEvent.objects.filter(object_type="company_calendarday").order_by("pk")
    assert [(one.action, one.operation) for one in events] == [
        ("calendar_day.set", "insert"), ("calendar_day.set", "update"),
        ("calendar_day.removed", "delete"),
    ]  # fmt: skip


@pytest.mark.parametrize("days", [-1, 5000])
def test_no_day_that_is_over_or_decades_ahead(risk_manager, days):
    with pytest.raises(ValidationError) as caught:
        set_calendar_day(
            timezone.localdate() + timedelta(days=days), by=risk_manager, is_worked=False
        )
    assert list(caught.value.error_dict) == ["day"]


def test_those_of_the_company_stand_among_those_of_china(risk_manager, time_machine):
    time_machine.move_to("2026-09-28T09:00+08:00", tick=False)
    today = date(2026, 9, 28)
    assert coming_days(today) == []
    set_preference("worked_days", "china", by=risk_manager)
    set_calendar_day(date(2026, 10, 2), by=risk_manager, is_worked=True, note="值班")
    set_calendar_day(date(2026, 9, 30), by=risk_manager, is_worked=False, note="年会")
    found = coming_days(today)
    first = [(f"{one.day:%m-%d}", one.is_worked, one.own is not None) for one in found[:4]]
    assert first == [
        ("09-30", False, True), ("10-01", False, False), ("10-02", True, True),
        ("10-05", False, False),
    ]  # fmt: skip
    assert ("10-10", True) in [(f"{one.day:%m-%d}", one.is_worked) for one in found]
    assert "国庆节" in found[1].note
    with override("en"):
        assert "National Day" in coming_days(today)[1].note
