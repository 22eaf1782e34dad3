from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from assessments.choices import ReassessmentReason, ReassessmentState
from assessments.models import ReassessmentTask
from assessments.schemes.in_force import scheme_in_force
from assessments.services import (
    Cause,
    confirm_assessment,
    open_reassessments,
    record_assessment,
    reject_assessment,
    waive_reassessment,
)
from assessments.services.assessments import Scores
from registers.services import close_risk
from riskhub.audit.context import acting
from riskhub.audit.models import AuditEvent
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from tests.builders import assess, make_risk

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 1)
INCIDENT, CHANGE = ReassessmentReason.INCIDENT, ReassessmentReason.CHANGE


def asked(risk, reason=INCIDENT, due_on=DUE, **more):
    return Cause(risk.pk, reason, due_on, **more)


def task_of(risk, reason=INCIDENT, *, by):
    return open_reassessments([asked(risk, reason)], by=by)[risk.pk, reason]


def test_twelve_incidents_on_one_risk_ask_exactly_once(risk, risk_manager):
    for number in range(12):
        open_reassessments([asked(risk, ref=f"incident:{number}")], by=risk_manager)
    task = ReassessmentTask.objects.get()
    assert (task.risk, task.reason, task.ref) == (risk, INCIDENT, "incident:0")
    assert (task.state, task.due_on) == (ReassessmentState.OPEN, DUE)


def test_another_reason_asks_on_its_own(risk, risk_manager):
    made = open_reassessments([asked(risk), asked(risk, CHANGE)], by=risk_manager)
    assert set(made) == {(risk.pk, INCIDENT), (risk.pk, CHANGE)}
    assert ReassessmentTask.objects.count() == 2


def test_a_task_that_was_there_is_given_back_as_it_is(risk, risk_manager):
    first = task_of(risk, by=risk_manager)
    again = open_reassessments([asked(risk, due_on=DUE - timedelta(days=9))], by=risk_manager)
    assert again == {(risk.pk, INCIDENT): first}
    assert again[risk.pk, INCIDENT].due_on == DUE


def test_a_closed_risk_is_not_asked_for(risk, risk_manager):
    close_risk(risk, by=risk_manager, reason="Stopped")
    assert open_reassessments([asked(risk)], by=risk_manager) == {}
    assert not ReassessmentTask.objects.exists()


def test_many_causes_need_no_more_queries_than_one(
    register, risk_manager, clean, django_assert_num_queries
):
    risks = [make_risk(register, by=risk_manager, department=clean) for _ in range(4)]
    with django_assert_num_queries(7):
        open_reassessments([asked(risks[0])], by=risk_manager)
    with django_assert_num_queries(7):
        open_reassessments([asked(risk) for risk in risks[1:]], by=risk_manager)


def test_a_later_assessment_finishes_every_open_task_of_its_risk(risk, risk_manager):
    tasks = [task_of(risk, reason, by=risk_manager) for reason in (INCIDENT, CHANGE)]
    assessment = assess(risk, (2, 2), (2, 2), by=risk_manager)
    for task in tasks:
        task.refresh_from_db()
        assert (task.state, task.assessment) == (ReassessmentState.DONE, assessment)
        assert task.closed_by == risk_manager
        assert task.closed_at is not None
    events = AuditEvent.objects.filter(action="reassessment.finished")
    assert sorted(events.values_list("object_id", flat=True)) == sorted(str(t.pk) for t in tasks)


def test_what_was_submitted_before_the_task_was_opened_does_not_finish_it(
    risk, risk_manager, second_manager
):
    waiting = record_assessment(
        risk, by=risk_manager, scores=Scores((5, 3), (5, 3)), rationale="Three cases"
    )
    task = task_of(risk, by=risk_manager)
    confirm_assessment(waiting, by=second_manager)
    task.refresh_from_db()
    assert task.state == ReassessmentState.OPEN


def test_an_assessment_that_is_sent_back_finishes_nothing(risk, risk_manager, second_manager):
    task = task_of(risk, by=risk_manager)
    waiting = record_assessment(
        risk, by=risk_manager, scores=Scores((5, 3), (5, 3)), rationale="Three cases"
    )
    reject_assessment(waiting, by=second_manager, reason="Which cases?")
    task.refresh_from_db()
    assert task.state == ReassessmentState.OPEN


def test_the_tasks_of_other_risks_stay_open(risk, register, risk_manager, clean):
    other = make_risk(register, by=risk_manager, department=clean)
    task = task_of(other, by=risk_manager)
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    task.refresh_from_db()
    assert task.state == ReassessmentState.OPEN


def test_after_a_task_is_done_the_same_reason_may_ask_again(risk, risk_manager):
    first = task_of(risk, by=risk_manager)
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    assert task_of(risk, by=risk_manager) != first


def test_waiving_needs_a_reason(risk, risk_manager):
    task = task_of(risk, by=risk_manager)
    with override("en"), pytest.raises(ValidationError) as refusal:
        waive_reassessment(task, by=risk_manager, reason=" ")
    assert set(refusal.value.message_dict) == {"reason"}


def test_waived_with_a_reason_it_is_closed(risk, risk_manager):
    task = task_of(risk, by=risk_manager)
    waive_reassessment(task, by=risk_manager, reason="Same case twice", version=task.row_version)
    task.refresh_from_db()
    assert (task.state, task.waived_reason) == (ReassessmentState.WAIVED, "Same case twice")
    event = AuditEvent.objects.get(action="reassessment.waived")
    assert (event.actor_id, event.reason) == (risk_manager.pk, "Same case twice")


def test_what_is_done_is_not_waived(risk, risk_manager):
    task = task_of(risk, by=risk_manager)
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    with pytest.raises(WrongState):
        waive_reassessment(task, by=risk_manager, reason="Too late")


def test_a_stale_waiver_is_refused(risk, risk_manager):
    task = task_of(risk, by=risk_manager)
    with pytest.raises(StaleVersion):
        waive_reassessment(task, by=risk_manager, reason="Same case", version=task.row_version + 1)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "done", "closed_at": timezone.now()}, "reassessment_done_by_assessment"),
        ({"state": "waived", "closed_at": timezone.now()}, "reassessment_waived_with_reason"),
        ({"state": "waived", "waived_reason": "so"}, "reassessment_closed_has_time"),
    ],
)
def test_the_database_refuses_a_task_that_ended_by_nothing(risk, risk_manager, fields, constraint):
    task = task_of(risk, by=risk_manager)
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        acting(risk_manager, "reassessment.waived"),
    ):
        ReassessmentTask.objects.filter(pk=task.pk).update(**fields)


def test_the_database_refuses_a_second_open_task_for_the_same_reason(risk, risk_manager):
    task_of(risk, by=risk_manager)
    with (
        pytest.raises(IntegrityError, match="one_open_reassessment_per_reason"),
        acting(risk_manager, "reassessment.opened"),
    ):
        ReassessmentTask.objects.create(risk=risk, reason=INCIDENT, due_on=DUE)


def test_the_shipped_matrix_asks_more_of_critical_risks():
    asks = scheme_in_force().appetite_rules.filter(area=None).order_by("level")
    assert list(asks.values_list("needs_special_measures", "needs_contingency")) == [
        (False, False), (False, False), (False, False), (True, True),
    ]  # fmt: skip
