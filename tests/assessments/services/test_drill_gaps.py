"""What a drill has shown to be missing is closed by one person and verified by another."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessments.contingency.choices import GAP_NEXT_STATES
from assessments.models import DrillGap
from assessments.services import OwnGap, finish_gap, reopen_gap, verify_gap
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState
from tests.contingency import drill, make_contingency
from tests.registers.audit import Trail

STEPS = ("done", "verified", "open")


@pytest.fixture
def gap(risk_manager, ops):
    held = drill(make_contingency(ops, by=risk_manager), "fail", by=risk_manager)
    return held.gaps.get()


def test_closed_and_verified(gap, risk_manager, second_manager):
    trail = Trail()
    with pytest.raises(ValidationError):
        finish_gap(gap, by=risk_manager, note=" ")
    finish_gap(gap, by=risk_manager, note="电话改为轮值")
    with pytest.raises(OwnGap):
        verify_gap(gap, by=risk_manager)
    verify_gap(gap, by=second_manager)
    stored = DrillGap.objects.get()
    assert (stored.state, stored.done_by, stored.verified_by, stored.note) == (
        "verified", risk_manager, second_manager, "电话改为轮值",
    )  # fmt: skip
    assert [action for action, *_rest in trail.events()] == ["drill_gap.done", "drill_gap.verified"]


def test_not_closed_after_all(gap, risk_manager, second_manager):
    finish_gap(gap, by=risk_manager, note="改好了")
    with pytest.raises(ValidationError):
        reopen_gap(gap, by=second_manager, reason="")
    reopen_gap(gap, by=second_manager, reason="还是没人接")
    stored = DrillGap.objects.get()
    assert (stored.state, stored.note, stored.done_by) == ("open", "", None)


@pytest.mark.parametrize("before", GAP_NEXT_STATES)
@pytest.mark.parametrize("after", STEPS)
def test_state_by_action(gap, risk_manager, second_manager, before, after):
    if before != "open":
        finish_gap(gap, by=risk_manager, note="改好了")
    if before == "verified":
        verify_gap(gap, by=second_manager)
    does = {
        "done": lambda: finish_gap(gap, by=second_manager, note="又改"),
        "verified": lambda: verify_gap(gap, by=second_manager),
        "open": lambda: reopen_gap(gap, by=second_manager, reason="没好"),
    }
    try:
        done = does[after]().state == after
    except WrongState:
        done = False
    assert done == (after in GAP_NEXT_STATES[before])


@pytest.mark.parametrize(
    "change",
    [{"state": "done"}, {"state": "verified"}, {"text": ""}, {"state": "done", "note": "x"}],
)
def test_the_database_refuses_half_of_it(gap, risk_manager, change):
    with acting(risk_manager, "test"), pytest.raises(IntegrityError), transaction.atomic():
        DrillGap.objects.update(**change)


def test_the_database_refuses_four_eyes_of_two(gap, risk_manager):
    finish_gap(gap, by=risk_manager, note="改好了")
    with acting(risk_manager, "test"), pytest.raises(IntegrityError), transaction.atomic():
        DrillGap.objects.update(state="verified", verified_by=risk_manager)
