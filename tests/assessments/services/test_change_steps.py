"""Every state and every step of a process change, and what keeps it from going live too early."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import override

from assessments.choices import CHANGE_NEXT_STATES
from assessments.models import ProcessChange
from assessments.services import (
    OwnRequest,
    PutItLive,
    RisksNotJudged,
    add_change_risk,
    cancel_change,
    implement_change,
    ready_change,
    review_change,
    submit_change,
    take_on_change,
    waive_reassessment,
)
from riskhub.audit.transitions import WrongState
from tests.assessments.changing import (
    EARLY,
    STATES,
    another_manager,
    bring,
    day,
    make_change,
    put_live,
    settle,
)
from tests.builders import assess

pytestmark = pytest.mark.django_db

STEPS = {
    "submitted": lambda change, by: submit_change(
        change, by=by, version=None, none_affected="逐条看过流程图和控制"
    ),
    "assessing": lambda change, by: take_on_change(change, by=by, version=None),
    "ready": lambda change, by: ready_change(change, by=by, version=None),
    "implemented": lambda change, by: put_live(change, by=by),
    "reviewed": lambda change, by: review_change(
        change, by=by, version=None, outcome="worked", review="好"
    ),
    "cancelled": lambda change, by: cancel_change(change, by=by, version=None, reason="不做了"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("to", sorted(STEPS))
def test_every_state_and_every_step(clean, risk_manager, state, to):
    change = bring(make_change(clean, by=risk_manager), state, by=risk_manager)
    if to in CHANGE_NEXT_STATES[state]:
        STEPS[to](change, risk_manager)
        change.refresh_from_db()
        assert change.state == to
    else:
        with pytest.raises(WrongState):
            STEPS[to](change, risk_manager)
        change.refresh_from_db()
        assert change.state == state


def test_the_table_of_states_is_the_specs():
    assert {str(state): sorted(following) for state, following in CHANGE_NEXT_STATES.items()} == {
        "draft": ["cancelled", "submitted"],
        "submitted": ["assessing", "cancelled"],
        "assessing": ["cancelled", "ready"],
        "ready": ["cancelled", "implemented"],
        "implemented": ["reviewed"],
        "reviewed": [],
        "cancelled": [],
    }


def test_it_does_not_go_live_while_a_risk_is_to_be_judged_and_the_refusal_names_it(
    change, risks, risk_manager, staff_cleaning
):
    submit_change(change, by=risk_manager, version=None)
    take_on_change(change, by=risk_manager, version=None)
    assess(risks[0], (2, 2), (2, 2), by=risk_manager)
    for step in (STEPS["ready"], STEPS["implemented"]):
        with override("en"), pytest.raises(RisksNotJudged) as refusal:
            step(change, risk_manager)
        assert str(refusal.value) == (
            "Still to be judged again: R002, R003. Assess them or waive the tasks first."
        )
    with override("en"):
        assert "R003, 1 of another department" in str(RisksNotJudged(change, staff_cleaning))
    settle(change, by=risk_manager)
    STEPS["ready"](change, risk_manager)


def test_a_risk_that_is_found_late_holds_a_ready_change_back(change, risks, risk_manager):
    bring(change, "ready", by=risk_manager)
    row = add_change_risk(change, risks[3], by=risk_manager)
    assert row.task.is_open
    with pytest.raises(RisksNotJudged):
        put_live(change, by=risk_manager)
    waive_reassessment(row.task, by=another_manager(), reason="现场看过，做法和评分都没有变")
    put_live(change, by=risk_manager)


@pytest.mark.parametrize("state", ["assessing", "ready"])
def test_sql_does_not_get_round_it(change, risks, risk_manager, state):
    bring(change, state, by=risk_manager)
    if state == "ready":
        add_change_risk(change, risks[3], by=risk_manager)
    to = {"assessing": "ready", "ready": "implemented"}[state]
    with pytest.raises(IntegrityError, match="still to be judged"), transaction.atomic():
        ProcessChange.objects.filter(pk=change.pk).update(
            state=to, effective_on=day(0) if to == "implemented" else None
        )
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assessments_processchange SET state = 'reviewed'")


def test_sql_does_not_skip_the_judgement(change, risk_manager):
    with pytest.raises(IntegrityError, match="is not ready"), transaction.atomic():
        ProcessChange.objects.filter(pk=change.pk).update(state="implemented", effective_on=day(0))


def test_of_many_risks_the_first_are_named(change, risks, risk_manager, monkeypatch):
    monkeypatch.setattr("assessments.services.change_steps._MOST", 1)
    submit_change(change, by=risk_manager, version=None)
    with override("en"):
        assert "R001, …" in str(RisksNotJudged(change, risk_manager))


def test_live_on_its_day_it_needs_no_reason(change, risk_manager, time_machine):
    bring(change, "ready", by=risk_manager)
    time_machine.move_to(timezone.now() + timedelta(days=31))
    change = implement_change(
        change, by=risk_manager, version=None, effective_on=change.planned_on, early_reason="多余"
    )
    assert (change.early_reason, change.implemented_by) == ("", risk_manager)


def test_whoever_put_it_live_does_not_review_it(change, risk_manager, second_manager):
    bring(change, "ready", by=risk_manager)
    put_live(change, by=risk_manager)
    with pytest.raises(PutItLive):
        STEPS["reviewed"](change, risk_manager)
    with pytest.raises(IntegrityError, match="reviewed_by_another"), transaction.atomic():
        ProcessChange.objects.filter(pk=change.pk).update(
            state="reviewed", outcome="worked", review="好", reviewed_by=risk_manager
        )
    STEPS["reviewed"](change, second_manager)
    change.refresh_from_db()
    assert (change.implemented_by, change.reviewed_by) == (risk_manager, second_manager)


def test_whoever_asked_for_it_does_not_waive_its_tasks(clean, risk, risk_manager, second_manager):
    change = bring(make_change(clean, by=risk_manager, risks=[risk]), "submitted", by=risk_manager)
    task = change.risks.get().task
    with override("en"), pytest.raises(OwnRequest, match="Somebody else waives it"):
        waive_reassessment(task, by=risk_manager, reason=EARLY)
    waive_reassessment(task, by=second_manager, reason=EARLY)


def test_whoever_asked_for_it_cancels_it_with_its_tasks(clean, risk, risk_manager):
    change = bring(make_change(clean, by=risk_manager, risks=[risk]), "submitted", by=risk_manager)
    STEPS["cancelled"](change, risk_manager)
    task = change.risks.get().task
    assert (task.state, task.waived_reason) == ("waived", "CH-001: 不做了")


def test_cancelling_says_why(change, risk_manager):
    with pytest.raises(ValidationError):
        cancel_change(change, by=risk_manager, version=None, reason=" ")


def test_a_change_that_is_cancelled_takes_no_more_risks(change, risks, risk_manager):
    cancel_change(change, by=risk_manager, version=None, reason="不做了")
    with pytest.raises(WrongState):
        add_change_risk(change, risks[3], by=risk_manager)
