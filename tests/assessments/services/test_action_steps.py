"""An action is done by one person and verified by another, who may send it back."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.choices import ActionState
from assessments.models import Action
from assessments.plans.content import PlannedAction
from assessments.services import (
    NotReached,
    OwnAction,
    close_plan,
    finish_action,
    reopen_action,
    start_action,
    verify_action,
    withdraw_plan,
)
from riskhub.audit.context import acting
from riskhub.audit.models import AuditEvent
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import StaleVersion
from riskhub.notices.models import Notice
from tests.assessments.services.test_decisions import approve
from tests.builders import assess, make_control, make_plan

pytestmark = pytest.mark.django_db


def tomorrow():
    return (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.fixture
def plan(low_risk, risk_manager, staff_cleaning):
    """In force, with one action of the staff's."""
    planned = PlannedAction("a1", "培训", staff_cleaning.pk, tomorrow())
    return make_plan(low_risk, by=risk_manager, submitted=True, actions=(planned,))


@pytest.fixture
def action(plan):
    return plan.actions.get()


def done(action, by):
    return finish_action(action, by=by, note="12 人通过")


def test_done_by_one_and_verified_by_another(plan, action, staff_cleaning, risk_manager):
    start_action(action, by=staff_cleaning)
    verify_action(done(action, staff_cleaning), by=risk_manager)
    action.refresh_from_db()
    assert (action.state, action.done_by, action.verified_by) == (
        "verified", staff_cleaning, risk_manager,
    )  # fmt: skip
    plan.refresh_from_db()
    assert plan.state == "completed"
    names = AuditEvent.objects.filter(object_type="assessments_action", object_id=str(action.pk))
    assert list(names.order_by("pk").values_list("action", flat=True))[-3:] == [
        "action.started", "action.done", "action.verified",
    ]  # fmt: skip


def test_nobody_verifies_what_they_did(action, risk_manager):
    done(action, risk_manager)
    with pytest.raises(OwnAction):
        verify_action(action, by=risk_manager)
    action.refresh_from_db()
    assert action.state == "done"


def test_nor_sends_it_back_to_themselves(action, risk_manager):
    done(action, risk_manager)
    with pytest.raises(OwnAction):
        reopen_action(action, by=risk_manager, reason="没有做完")
    action.refresh_from_db()
    assert (action.state, action.reopened_reason) == ("done", "")


def test_the_database_refuses_it_too(action, risk_manager):
    done(action, risk_manager)
    with (
        pytest.raises(IntegrityError, match="action_verified_by_another"),
        transaction.atomic(),
        acting(risk_manager, "action.verified"),
    ):
        Action.objects.filter(pk=action.pk).update(state="verified", verified_by=risk_manager)


def test_verified_by_nobody_is_refused_by_the_database(action, risk_manager):
    done(action, risk_manager)
    with (
        pytest.raises(IntegrityError, match="action_verified_whole"),
        transaction.atomic(),
        acting(risk_manager, "action.verified"),
    ):
        Action.objects.filter(pk=action.pk).update(state="verified")


def test_sent_back_its_owner_reads_why_and_the_plan_goes_on(
    plan, action, staff_cleaning, risk_manager
):
    done(action, staff_cleaning)
    reopen_action(action, by=risk_manager, reason="照片看不清")
    action.refresh_from_db()
    assert (action.state, action.note, action.done_by) == ("open", "", None)
    assert action.reopened_reason == "照片看不清"
    plan.refresh_from_db()
    assert plan.state == "in_progress"
    assert Notice.objects.get(user=staff_cleaning, kind="action_reopened").params["reason"] == (
        "照片看不清"
    )
    done(action, staff_cleaning)
    action.refresh_from_db()
    assert action.reopened_reason == ""


def test_of_a_plan_that_was_withdrawn_nothing_is_to_be_done_again(
    high_risk, staff_cleaning, risk_manager, approver
):
    planned = [PlannedAction(key, "培训", staff_cleaning.pk, tomorrow()) for key in ("a1", "a2")]
    plan = make_plan(high_risk, by=risk_manager, submitted=True, actions=tuple(planned))
    approve(plan, approver)
    finished = done(plan.actions.get(key="a1"), staff_cleaning)
    withdraw_plan(plan, by=risk_manager, reason="换一家做")
    with pytest.raises(WrongState, match="撤回"):
        reopen_action(finished, by=risk_manager, reason="照片看不清")
    states = plan.actions.order_by("key").values_list("state", flat=True)
    assert list(states) == ["done", "cancelled"]


def test_sending_back_says_why(action, staff_cleaning, risk_manager):
    done(action, staff_cleaning)
    with pytest.raises(ValidationError):
        reopen_action(action, by=risk_manager, reason=" ")


def test_who_verifies_hears_of_it(action, staff_cleaning, risk_manager):
    """The owner of the plan."""
    done(action, staff_cleaning)
    notice = Notice.objects.get(kind="action_done")
    assert (notice.user, notice.params["title"]) == (risk_manager, "培训")


def test_a_control_is_checked_more_often_once_the_action_is_verified(
    low_risk, risk_manager, staff_cleaning, clean
):
    """Training every 90 days becomes training every 30 days."""
    control = make_control(clean, by=risk_manager, title="培训", check_every_days=90)
    planned = PlannedAction(
        "a1", "每月培训", staff_cleaning.pk, tomorrow(), control=control.pk, every_days=30
    )
    plan = make_plan(low_risk, by=risk_manager, submitted=True, actions=(planned,))
    action = done(plan.actions.get(), staff_cleaning)
    control.refresh_from_db()
    assert control.check_every_days == 90
    verify_action(action, by=risk_manager)
    control.refresh_from_db()
    assert control.check_every_days == 30
    event = AuditEvent.objects.filter(action="control.edited").latest("pk")
    assert (event.before["check_every_days"], event.after["check_every_days"]) == (90, 30)
    assert event.actor_id == risk_manager.pk


STEPS = {
    "start": lambda action, by: start_action(action, by=by),
    "finish": done,
    "verify": lambda action, by: verify_action(action, by=by),
    "reopen": lambda action, by: reopen_action(action, by=by, reason="没有做"),
}
WORKS = {
    ("open", "start"): "doing", ("open", "finish"): "done", ("doing", "finish"): "done",
    ("done", "verify"): "verified", ("done", "reopen"): "open",
}  # fmt: skip


@pytest.mark.parametrize(("state", "step"), list(product(ActionState.values, STEPS)))
def test_every_step_in_every_state(action, staff_cleaning, risk_manager, state, step):
    if state in ("done", "verified"):
        done(action, staff_cleaning)
    if state == "verified":
        verify_action(action, by=risk_manager)
    if state == "doing":
        start_action(action, by=staff_cleaning)
    if state == "cancelled":
        with acting(risk_manager, "plan.withdrawn"):
            move(action, ActionState.CANCELLED)
    by = risk_manager if step in ("verify", "reopen") else staff_cleaning
    if (state, step) in WORKS:
        STEPS[step](action, by)
    else:
        with pytest.raises(WrongState):
            STEPS[step](action, by)
    action.refresh_from_db()
    assert action.state == WORKS.get((state, step), state)


def test_a_plan_closes_when_all_is_verified_and_the_target_reached(
    plan, action, low_risk, staff_cleaning, risk_manager
):
    done(action, staff_cleaning)
    plan.refresh_from_db()
    with pytest.raises(NotReached) as refusal:
        close_plan(plan, by=risk_manager)
    assert len(refusal.value.sentences) == 1
    verify_action(action, by=risk_manager)
    close_plan(plan, by=risk_manager)
    plan.refresh_from_db()
    low_risk.refresh_from_db()
    assert (plan.state, low_risk.state, low_risk.plan_state) == ("closed", "monitored", "")


def test_without_a_target_it_stays_open_until_its_level_asks_for_no_plan(
    high_risk, risk_manager, approver, staff_cleaning
):
    planned = PlannedAction("a1", "培训", staff_cleaning.pk, tomorrow())
    plan = make_plan(high_risk, by=risk_manager, submitted=True, actions=(planned,))
    approve(plan, approver)
    verify_action(done(plan.actions.get(), staff_cleaning), by=risk_manager)
    plan.refresh_from_db()
    with pytest.raises(NotReached, match="没有目标"):
        close_plan(plan, by=risk_manager)
    assess(high_risk, (5, 3), (1, 1), by=risk_manager, confirmed_by=approver)
    close_plan(plan, by=risk_manager)


def test_short_of_its_target_it_stays_open(high_risk, risk_manager, approver, staff_cleaning):
    planned = PlannedAction("a1", "培训", staff_cleaning.pk, tomorrow())
    plan = make_plan(high_risk, by=risk_manager, submitted=True, actions=(planned,), target=(2, 3))
    approve(plan, approver)
    verify_action(done(plan.actions.get(), staff_cleaning), by=risk_manager)
    plan.refresh_from_db()
    with pytest.raises(NotReached) as refusal:
        close_plan(plan, by=risk_manager)
    assert "2,3" in refusal.value.sentences[0]
    assess(high_risk, (5, 3), (2, 3), by=risk_manager, confirmed_by=approver)
    close_plan(plan, by=risk_manager)
    plan.refresh_from_db()
    assert plan.state == "closed"


def test_a_plan_that_is_not_carried_out_is_not_closed(plan, risk_manager):
    with pytest.raises(WrongState):
        close_plan(plan, by=risk_manager)


def test_a_stale_page_closes_nothing(plan, action, staff_cleaning, risk_manager):
    verify_action(done(action, staff_cleaning), by=risk_manager)
    with pytest.raises(StaleVersion):
        close_plan(plan, by=risk_manager, version=1)


def test_done_without_a_word_is_not_done(action, staff_cleaning):
    with pytest.raises(ValidationError):
        finish_action(action, by=staff_cleaning, note=" ")
    action.refresh_from_db()
    assert action.state == "open"


def test_a_control_that_is_checked_so_often_already_is_left_alone(
    low_risk, risk_manager, staff_cleaning, clean
):
    control = make_control(clean, by=risk_manager, check_every_days=30)
    planned = PlannedAction(
        "a1", "每月培训", staff_cleaning.pk, tomorrow(), control=control.pk, every_days=30
    )
    plan = make_plan(low_risk, by=risk_manager, submitted=True, actions=(planned,))
    verify_action(done(plan.actions.get(), staff_cleaning), by=risk_manager)
    assert not AuditEvent.objects.filter(action="control.edited").exists()
