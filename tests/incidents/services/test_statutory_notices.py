"""Who is reminded of what the law asks for, before it is due and once it is late."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from incidents.services import statutory_notices
from incidents.services.statutory import answer_clock
from incidents.services.statutory_notices import derive_statutory_reminders, remind_of_clock
from riskhub.company.services import set_preference
from riskhub.notices.models import Notice
from riskhub.work.models import Work
from riskhub.work.services import sweep_work
from tests.incidents.reporting import confirmed, make_incident, triage

pytestmark = pytest.mark.django_db


def told(kind):
    found = Notice.objects.filter(kind=kind).order_by("user__username")
    return [one.user.username for one in found]


@pytest.fixture
def incident(clean, risk_manager, staff_cleaning):
    confirmed(risk_manager, "insurer_notice")
    return make_incident(clean, staff_cleaning)


@pytest.fixture
def clock(incident):
    return incident.clocks.get()


def test_before_it_is_due_its_keepers_hear_of_it(
    incident, clock, head_cleaning, head_repair, time_machine
):
    time_machine.move_to(clock.remind_at + timedelta(minutes=1))
    for _ in range(2):
        sweep_work()
    assert told("statutory_soon") == ["head.cleaning", "risk.manager"]
    with override("en"):
        title = Notice.objects.filter(kind="statutory_soon").first().title
    assert title.startswith(f"{incident.code}: A claim is possible (the policy decides) is due on")


def test_whoever_looks_into_it_hears_it_alone(
    incident, clock, head_cleaning, risk_manager, time_machine
):
    triage(incident, risk_manager, investigator=head_cleaning)
    time_machine.move_to(clock.remind_at + timedelta(minutes=1))
    sweep_work()
    assert told("statutory_soon") == ["head.cleaning"]


def test_once_it_is_late_those_above_and_on_duty_hear_too(
    incident, clock, head_cleaning, staff_repair, risk_manager, time_machine
):
    set_preference("duty_manager", staff_repair.pk, by=risk_manager)
    triage(incident, risk_manager, investigator=head_cleaning)
    time_machine.move_to(clock.due_at + timedelta(minutes=1))
    for _ in range(2):
        sweep_work()
    assert told("statutory_soon") == []
    assert told("statutory_late") == ["head.cleaning", "risk.manager", "staff.repair"]


def test_what_is_answered_reminds_nobody(incident, clock, risk_manager, time_machine):
    late = clock.due_at + timedelta(minutes=1)
    answer_clock(clock, by=risk_manager, answer="not_applicable", reason="没有保单")
    clock.refresh_from_db()
    remind_of_clock(clock, "late")
    time_machine.move_to(late)
    sweep_work()
    assert Work.objects.filter(kind="statutory.remind").count() == 0
    assert told("statutory_late") == []


def test_more_than_one_sweep_takes_wait_for_the_next(
    clean, staff_cleaning, clock, time_machine, monkeypatch
):
    monkeypatch.setattr(statutory_notices, "MOST_AT_ONCE", 2)
    for _ in range(2):
        make_incident(clean, staff_cleaning)
    time_machine.move_to(clock.due_at + timedelta(minutes=1))
    counts = []
    for _ in range(2):
        derive_statutory_reminders()
        counts.append(Work.objects.filter(kind="statutory.remind").count())
    assert counts == [2, 3]
