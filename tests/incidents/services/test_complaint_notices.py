"""Who is told that a complaint came in, and that a clock ran out."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from incidents.complaints.clocks import Counted
from incidents.services import complaint_notices
from incidents.services.complaint_notices import (
    derive_amber_clocks,
    derive_late_clocks,
    tell_amber_clock,
    tell_late_clock,
)
from incidents.services.handling import pause_complaint, resume_complaint, take_complaint
from riskhub.audit.context import acting
from riskhub.company.business_calendar import working_time
from riskhub.notices.models import Notice
from riskhub.notices.topics import topic_of
from riskhub.work.models import Work
from riskhub.work.services import sweep_work
from tests.cast import make_user
from tests.incidents.complaining import contact, make_at, make_complaint

pytestmark = pytest.mark.django_db


def told(kind):
    found = Notice.objects.filter(kind=kind).order_by("user__username")
    return [one.user.username for one in found]


def of(department, complaint, by):
    with acting(by, "complaint.edited"):
        complaint.department = department
        complaint.save(update_fields=["department"])
    return complaint


def test_customer_service_hears_of_each_once(service, second_service, risk_manager):
    complaint = make_complaint()
    assert told("complaint_received") == ["second.service", "service"]
    notice = Notice.objects.first()
    assert notice.url == f"/incidents/complaints/{complaint.code}/"
    with override("en"):
        assert notice.title.startswith(f"A complaint came in: {complaint.code}. The customer")


def test_without_customer_service_the_risk_managers_hear_of_it(risk_manager):
    make_complaint()
    assert told("complaint_received") == ["risk.manager"]


def test_of_an_urgent_one_the_risk_managers_hear_too_and_nobody_twice(service, risk_manager):
    make_complaint(troubles=["hurt"])
    assert told("complaint_urgent") == ["risk.manager", "service"]
    assert told("complaint_received") == []


def test_of_what_was_written_down_later_nobody_is_told(service):
    make_complaint(received_at=timezone.now() - timedelta(days=30))
    assert Notice.objects.count() == 0


def test_whoever_handles_it_and_the_head_hear_that_a_clock_ran_out(
    service, second_service, head_cleaning, clean, risk_manager, time_machine
):
    complaint = of(clean, take_complaint(make_complaint(), by=service), service)
    time_machine.move_to(complaint.first_contact_due + timedelta(minutes=1))
    sweep_work()
    assert told("complaint_late") == ["head.cleaning", "service"]
    with override("en"):
        title = Notice.objects.filter(kind="complaint_late").first().title
    assert title.startswith(f"{complaint.code}: First contact is overdue since")


def test_without_a_department_the_head_of_the_handler_hears_it(clean, risk_manager, time_machine):
    head = make_user("head.service", "周立", "department_head", clean)
    worker = make_user("worker", "吴敏", "customer_service", clean)
    complaint = take_complaint(make_complaint(), by=worker)
    time_machine.move_to(complaint.first_contact_due + timedelta(minutes=1))
    sweep_work()
    assert told("complaint_late") == [head.username, "worker"]


def test_each_clock_is_told_once_however_often_it_is_looked_for(
    service, risk_manager, time_machine
):
    complaint = make_complaint()
    time_machine.move_to(complaint.close_due + timedelta(minutes=1))
    for _time in range(3):
        sweep_work()
    assert told("complaint_late") == ["risk.manager"] * 3 + ["service"] * 3
    assert Work.objects.filter(kind="complaint.late").count() == 3


def test_a_clock_that_was_moved_by_a_pause_and_ran_out_again_is_told_again(
    service, risk_manager, time_machine
):
    complaint = make_complaint()
    contact(complaint, service)
    time_machine.move_to(complaint.offer_due - timedelta(minutes=1))
    pause_complaint(complaint, by=service, reason="要发票")
    time_machine.move_to(complaint.offer_due + timedelta(days=3))
    sweep_work()
    assert told("complaint_late") == []  # it waits for the customer
    resumed = resume_complaint(complaint, by=service)
    time_machine.move_to(resumed.offer_due + timedelta(minutes=1))
    sweep_work()
    assert told("complaint_late") == ["risk.manager", "service"]


def test_nothing_is_said_of_what_was_done_moved_or_ended_meanwhile(service, risk_manager):
    done = make_at("contacted", service)
    tell_late_clock(done, "first_contact", done.first_contact_due)
    tell_late_clock(done, "offer", done.offer_due - timedelta(hours=1))
    paused = pause_complaint(make_complaint(), by=service, reason="要发票")
    tell_late_clock(paused, "offer", paused.offer_due)
    assert told("complaint_late") == []


def test_more_than_one_sweep_takes_wait_for_the_next(service, time_machine, monkeypatch):
    monkeypatch.setattr(complaint_notices, "MOST_AT_ONCE", 2)
    complaints = [make_complaint(f"第{n}件") for n in range(3)]
    time_machine.move_to(complaints[-1].first_contact_due + timedelta(minutes=1))
    counts = []
    for _time in range(2):
        derive_late_clocks()
        counts.append(Work.objects.filter(kind="complaint.late").count())
    assert counts == [2, 3]


def test_somebody_who_left_is_not_asked(service, second_service, time_machine):
    complaint = take_complaint(make_complaint(), by=service)
    with acting(second_service, "user.deactivated"):
        service.is_active = False
        service.save(update_fields=["is_active"])
    time_machine.move_to(complaint.first_contact_due + timedelta(minutes=1))
    sweep_work()
    assert told("complaint_late") == ["second.service"]


def amber_at(complaint, step):
    """The moment at which a quarter of its time is left."""
    counted = Counted(complaint.severity.clock, working_time())
    allowed = getattr(complaint.severity, step)
    return counted.after(complaint.received_at, allowed * 0.75)


@pytest.mark.parametrize("step", ["first_contact", "offer", "close"])
def test_a_quarter_before_it_ends_its_handler_hears_of_each_clock_once(
    service, second_service, risk_manager, time_machine, step
):
    complaint = take_complaint(make_complaint(), by=service)
    at = amber_at(complaint, step)
    sent = Notice.objects.filter(kind="complaint_amber", dedupe__contains=f":{step}:")
    time_machine.move_to(at - timedelta(minutes=1))
    sweep_work()
    assert not sent.exists()
    time_machine.move_to(at + timedelta(seconds=1))
    for _time in range(3):
        sweep_work()
    assert [one.user for one in sent.all()] == [service]
    assert topic_of("complaint_amber").usual == "digest"
    with override("en"):
        assert sent.get().title.endswith("a quarter of its time is left")


def test_of_an_urgent_one_they_hear_at_once(service, risk_manager, time_machine):
    complaint = make_complaint(troubles=["hurt"])
    time_machine.move_to(amber_at(complaint, "first_contact") + timedelta(seconds=1))
    sweep_work()
    assert told("complaint_amber_urgent") == ["service"]
    assert topic_of("complaint_amber_urgent").usual == "now"
    assert told("complaint_amber") == []


def test_of_what_ran_out_was_done_or_waits_nothing_amber_is_told(
    service, risk_manager, time_machine
):
    late, done, paused = make_complaint("甲"), make_at("contacted", service), make_complaint("丙")
    paused = pause_complaint(paused, by=service, reason="要发票")
    time_machine.move_to(late.first_contact_due + timedelta(seconds=1))
    sweep_work()
    tell_amber_clock(late, "first_contact", late.first_contact_due)
    tell_amber_clock(done, "first_contact", done.first_contact_due)
    tell_amber_clock(paused, "offer", paused.offer_due)
    tell_amber_clock(late, "offer", late.offer_due - timedelta(hours=1))
    sent = Notice.objects.filter(kind="complaint_amber")
    assert not sent.filter(dedupe__contains=":first_contact:").exists()
    assert not sent.filter(dedupe__contains=f":{paused.pk}:").exists()


def test_looking_for_amber_clocks_asks_as_often_for_one_as_for_three(service, time_machine):
    first = make_complaint("甲")
    time_machine.move_to(amber_at(first, "first_contact") + timedelta(seconds=1))
    derive_amber_clocks()
    with CaptureQueriesContext(connection) as one:
        derive_amber_clocks()
    time_machine.move_to(first.received_at)
    for n in range(3):
        make_complaint(f"第{n}件")
    time_machine.move_to(amber_at(first, "first_contact") + timedelta(seconds=1))
    derive_amber_clocks()
    with CaptureQueriesContext(connection) as four:
        derive_amber_clocks()
    assert len(four) == len(one)
