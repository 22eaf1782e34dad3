from datetime import UTC, datetime

import pytest

from assessments.models import ReviewCycle
from assessments.services import NotOver, close_cycle, open_cycle
from assessments.services.cycles import OPEN_CYCLE, derive_cycle
from riskhub.audit.models import AuditEvent
from riskhub.company.calendar import Quarter
from riskhub.notices.models import Notice
from riskhub.work.models import Work

pytestmark = pytest.mark.django_db


def test_the_running_quarter_is_owed_once(time_machine):
    time_machine.move_to("2026-07-01T01:00:00+08:00", tick=False)
    derive_cycle()
    derive_cycle()
    owed = Work.objects.filter(kind=OPEN_CYCLE)
    assert [work.payload for work in owed] == [{"quarter": "2026Q3"}]


def test_an_open_cycle_is_not_owed(risk_manager, time_machine):
    time_machine.move_to("2026-07-01T01:00:00+08:00", tick=False)
    open_cycle(Quarter(2026, 3))
    derive_cycle()
    assert not Work.objects.filter(kind=OPEN_CYCLE).exists()


def test_opened_once_and_the_risk_managers_hear_of_it(risk_manager, auditor):
    first, second = open_cycle(Quarter(2026, 3)), open_cycle(Quarter(2026, 3))
    assert first == second
    assert (first.state, str(first)) == ("open", "2026Q3")
    assert ReviewCycle.objects.count() == 1
    assert [n.user for n in Notice.objects.filter(kind="review_cycle_opened")] == [risk_manager]


def test_a_cycle_closes_when_its_quarter_is_over(risk_manager, time_machine):
    time_machine.move_to(datetime(2026, 9, 30, 15, tzinfo=UTC))  # 23:00 in Shanghai
    cycle = open_cycle(Quarter(2026, 3))
    with pytest.raises(NotOver):
        close_cycle(cycle, by=risk_manager)
    assert ReviewCycle.objects.get().state == "open"
    time_machine.move_to(datetime(2026, 9, 30, 16, tzinfo=UTC))
    close_cycle(cycle, by=risk_manager)
    assert ReviewCycle.objects.get().state == "closed"
    event = AuditEvent.objects.get(action="review_cycle.closed")
    assert (event.actor_id, event.before, event.after) == (
        risk_manager.pk, {"state": "open"}, {"state": "closed"},
    )  # fmt: skip
