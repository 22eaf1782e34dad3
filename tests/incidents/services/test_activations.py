"""Acting by a contingency plan: begun once, ticked once, ended with a summary."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from incidents.models import ActivationStep, ContingencyActivation
from incidents.services.activations import (
    ActivationOver,
    end_activation,
    start_activation,
    tick_step,
    untick_step,
)
from incidents.services.incident_steps import merge_incident, missing_to_close
from incidents.services.lasting import IncidentOver
from riskhub.audit.models import AuditEvent
from riskhub.company.services import set_preference
from riskhub.notices.models import Notice
from tests.contingency import content, make_contingency
from tests.incidents.reporting import make_incident, make_incident_at

pytestmark = pytest.mark.django_db


def test_it_begins_once_with_the_steps_in_force(run, incident, plan, risk_manager):
    assert start_activation(incident, by=risk_manager, plan=plan) == run
    steps = [(step.minute, step.text_zh, step.phone, step.done_at) for step in run.steps.all()]
    assert steps == [(0, "拨打120", "120", None), (30, "派人到场", "", None)]
    assert run.steps.last().actor == "家庭保洁组"
    assert run.version == plan.in_force


def test_those_whom_the_plan_names_and_who_is_on_duty_hear_of_it(
    incident, clean, risk_manager, head_cleaning, staff_repair, staff_cleaning
):
    set_preference("duty_manager", staff_repair.pk, by=risk_manager)
    said = content(clean, responsible=head_cleaning, deputy=staff_cleaning)
    plan = make_contingency(clean, by=risk_manager, said=said)
    start_activation(incident, by=staff_cleaning, plan=plan)
    told = Notice.objects.filter(kind="contingency_activated").order_by("user__username")
    assert [one.user.username for one in told] == ["head.cleaning", "risk.manager", "staff.repair"]
    assert {one.url for one in told} == {f"/m/incidents/{incident.code}/response"}


def test_a_plan_that_nobody_acts_by_is_not_begun(incident, clean, risk_manager):
    draft = make_contingency(clean, by=risk_manager, in_force=False)
    with pytest.raises(ValidationError, match="没有生效的版本"):
        start_activation(incident, by=risk_manager, plan=draft)


def test_of_what_is_over_nothing_begins(clean, risk, plan, risk_manager):
    closed = make_incident_at("closed", clean, risk_manager, risk)
    with pytest.raises(IncidentOver):
        start_activation(closed, by=risk_manager, plan=plan)


def test_a_second_tick_changes_nothing(run, staff_cleaning, risk_manager, time_machine):
    step = run.steps.first()
    first = tick_step(step, by=staff_cleaning)
    count = AuditEvent.objects.count()
    time_machine.move_to(timezone.now() + timedelta(minutes=9))
    second = tick_step(step, by=risk_manager)
    assert (second.done_at, second.done_by) == (first.done_at, staff_cleaning)
    assert AuditEvent.objects.count() == count


def test_a_second_person_ticks_too_and_lateness_counts_from_the_beginning(
    run, risk_manager, time_machine
):
    time_machine.move_to(run.started_at + timedelta(minutes=31, seconds=20))
    at_once, later = (tick_step(step, by=risk_manager) for step in run.steps.all())
    assert [(step.took, step.is_late) for step in (at_once, later)] == [(31, False), (31, True)]


def test_what_was_tapped_offline_keeps_its_moment(run, staff_cleaning, time_machine):
    tapped = run.started_at + timedelta(minutes=12)
    time_machine.move_to(run.started_at + timedelta(hours=2))
    first, second = run.steps.all()
    assert tick_step(first, by=staff_cleaning, at=tapped).done_at == tapped
    ahead = timezone.now() + timedelta(minutes=2)
    assert tick_step(second, by=staff_cleaning, at=ahead).done_at <= timezone.now()


@pytest.mark.parametrize("minutes", [-5, 60])
def test_no_step_is_done_before_the_beginning_or_ahead(run, staff_cleaning, minutes):
    at = run.started_at + timedelta(minutes=minutes)
    with pytest.raises(ValidationError) as refusal:
        tick_step(run.steps.first(), by=staff_cleaning, at=at)
    assert [*refusal.value.message_dict] == ["at"]


def test_a_slip_is_taken_back(run, staff_cleaning):
    step = tick_step(run.steps.first(), by=staff_cleaning)
    for _ in range(2):
        step = untick_step(step, by=staff_cleaning)
    assert (step.done_at, step.done_by, step.took, step.is_late) == (None, None, None, False)


def test_ended_with_a_summary_it_stays_as_it_was(run, staff_cleaning, risk_manager):
    step = run.steps.first()
    with pytest.raises(ValidationError, match="至少用一句话"):
        end_activation(run, by=risk_manager, summary=" ")
    ended = end_activation(run, by=risk_manager, summary="人已送医")
    assert (ended.summary, ended.ended_by, ended.is_running) == ("人已送医", risk_manager, False)
    for late in (
        lambda: tick_step(step, by=staff_cleaning),
        lambda: untick_step(step, by=staff_cleaning),
        lambda: end_activation(run, by=risk_manager, summary="又一次"),
    ):
        with pytest.raises(ActivationOver):
            late()


def test_once_it_is_ended_it_may_begin_again(run, incident, plan, risk_manager):
    end_activation(run, by=risk_manager, summary="误报")
    assert start_activation(incident, by=risk_manager, plan=plan) != run


def test_an_incident_is_not_closed_or_merged_while_people_act(
    run, incident, clean, plan, risk_manager
):
    assert missing_to_close(incident)[-1] == f"请结束{plan}的执行并写明总结。"
    with pytest.raises(ValidationError, match="先结束"):
        merge_incident(incident, by=risk_manager, same_as=make_incident(clean, risk_manager))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("activation_ended_with_a_summary", {"ended_at": timezone.now() + timedelta(days=1)}),
        ("activation_ended_with_a_summary", {"summary": "好"}),
    ],
)
def test_the_database_refuses_it_too(run, name, wrong):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ContingencyActivation.objects.filter(pk=run.pk).update(**wrong)


def test_the_database_refuses_a_second_run_and_a_step_done_by_nobody(run, incident, plan):
    with pytest.raises(IntegrityError, match="activation_runs_once"), transaction.atomic():
        ContingencyActivation.objects.create(
            incident=incident, plan=plan, version=run.version, started_by=run.started_by
        )
    with pytest.raises(IntegrityError, match="activation_step_done"), transaction.atomic():
        ActivationStep.objects.filter(activation=run).update(done_at=timezone.now())
