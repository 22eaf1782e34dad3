"""Every state and every step of a reassessment task, and what the database refuses."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.choices import REASSESSMENT_NEXT_STATES
from assessments.models import ReassessmentTask
from assessments.services import waive_reassessment
from riskhub.audit.transitions import WrongState
from tests.assessments.reassessing import ask_again
from tests.builders import assess

pytestmark = pytest.mark.django_db

STEPS = {
    "done": lambda task, by: assess(task.risk, (2, 2), (2, 2), by=by),
    "waived": lambda task, by: waive_reassessment(task, by=by, reason="现场看过，评分没有变化"),
}


def brought_to(state, risk, by):
    task = ask_again(risk, "incident", 3, by=by)
    if state != "open":
        STEPS[state](task, by)
    task.refresh_from_db()
    assert task.state == state
    return task


@pytest.mark.parametrize("state", ["open", "done", "waived"])
def test_waiving_in_every_state(risk, risk_manager, state):
    task = brought_to(state, risk, risk_manager)
    if "waived" in REASSESSMENT_NEXT_STATES[state]:
        assert (
            waive_reassessment(task, by=risk_manager, reason="现场看过，评分没有变化").state
            == "waived"
        )
        return
    with pytest.raises(WrongState):
        waive_reassessment(task, by=risk_manager, reason="现场看过，评分没有变化")
    task.refresh_from_db()
    assert task.state == state


@pytest.mark.parametrize("state", ["open", "done", "waived"])
def test_an_assessment_in_every_state(risk, risk_manager, state):
    task = brought_to(state, risk, risk_manager)
    before = (task.assessment_id, task.waived_reason)
    assess(risk, (2, 1), (2, 1), by=risk_manager)
    task.refresh_from_db()
    if state == "open":
        assert (task.state, task.assessment) == ("done", risk.assessments.confirmed().get())
    else:
        assert (task.state, task.assessment_id, task.waived_reason) == (state, *before)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "done", "closed_at": timezone.now()},  # by nothing
        {"state": "waived", "closed_at": timezone.now()},  # without a reason
        {"state": "waived", "waived_reason": "看过"},  # at no moment
        {"closed_at": timezone.now()},  # and open
    ],
)
def test_sql_does_not_get_round_it(risk, risk_manager, fields):
    task = ask_again(risk, "incident", 3, by=risk_manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReassessmentTask.objects.filter(pk=task.pk).update(**fields)


def test_a_second_open_one_is_refused_by_the_database(risk, risk_manager):
    task = ask_again(risk, "incident", 3, by=risk_manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReassessmentTask.objects.create(risk=risk, reason="incident", due_on=task.due_on)
