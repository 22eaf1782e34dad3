"""Reminders by law: off until confirmed, started where they apply, answered before the incident is closed."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from incidents.models import StatutoryClock, StatutoryRule
from incidents.services import load_categories
from incidents.services.incident_steps import close_incident, missing_to_close
from incidents.services.injuries import edit_injury, record_injury
from incidents.services.investigations import edit_incident, link_incident_risk
from incidents.services.lasting import IncidentOver
from incidents.services.statutory import (
    answer_clock,
    confirm_rule,
    edit_rule,
    start_clock,
    start_clocks,
    stop_rule,
)
from riskhub.audit.versions import StaleVersion
from tests.incidents.reporting import analyse, confirmed, make_incident, make_incident_at, triage

pytestmark = pytest.mark.django_db


def running(incident):
    return [*incident.clocks.order_by("rule__order").values_list("rule__code", flat=True)]


@pytest.fixture
def clock(clean, risk_manager):
    confirmed(risk_manager, "work_injury")
    return make_incident(clean, risk_manager, hurt=["staff"]).clocks.get()


def test_the_library_brings_them_all_off(clean, risk_manager):
    assert [rule.code for rule in StatutoryRule.objects.all()] == [
        "accident_report", "work_injury", "insurer_notice", "data_breach",
    ]  # fmt: skip
    assert not StatutoryRule.objects.confirmed().exists()
    assert load_categories(by=None) == 0
    assert running(make_incident(clean, risk_manager, hurt=["staff"])) == []


def test_what_is_confirmed_starts_where_it_applies(clean, risk_manager):
    confirmed(risk_manager, "accident_report", "work_injury", "insurer_notice", "data_breach")
    hurt = make_incident(clean, risk_manager, hurt=["customer"])
    assert running(hurt) == ["accident_report", "insurer_notice"]
    assert running(make_incident(clean, risk_manager, kind="near_miss")) == []


def test_who_confirms_is_named_and_open_incidents_get_their_clock(clean, risk_manager, risk):
    waiting = make_incident(clean, risk_manager, hurt=["staff"])
    closed = make_incident_at("closed", clean, risk_manager, risk)
    (rule,) = confirmed(risk_manager, "insurer_notice")
    again = confirm_rule(rule, by=risk_manager, version=rule.row_version)
    assert (rule.confirmed_by, again.confirmed_at) == (risk_manager, rule.confirmed_at)
    assert (running(waiting), running(closed)) == (["insurer_notice"], [])


def test_another_wording_has_to_be_confirmed_again(risk_manager):
    (rule,) = confirmed(risk_manager, "insurer_notice")
    edited = edit_rule(rule, by=risk_manager, version=rule.row_version, hours=24)
    assert (edited.hours, edited.is_on, edited.confirmed_by) == (24, False, None)
    with pytest.raises(StaleVersion):
        confirm_rule(rule, by=risk_manager, version=rule.row_version)


def test_switched_off_it_starts_no_more_and_what_runs_is_still_answered(clock, risk_manager, clean):
    stop_rule(clock.rule, by=risk_manager, version=None)
    assert running(make_incident(clean, risk_manager, hurt=["staff"])) == []
    assert missing_to_close(clock.incident)[-1].startswith("请答复“员工受伤申请工伤认定”")


def test_what_is_found_out_later_starts_it_then(clean, risk_manager):
    confirmed(risk_manager, "work_injury", "insurer_notice")
    incident = make_incident(clean, risk_manager, kind="hazard")
    person = record_injury(incident, by=risk_manager, role="customer")
    assert running(incident) == []
    edit_injury(
        person, by=risk_manager, version=1, role="staff", severity=None, days_lost=None, note=""
    )
    assert running(incident) == ["work_injury"]
    triage(incident, risk_manager, kind=type(incident.kind).objects.get(code="accident"))
    assert running(incident) == ["work_injury", "insurer_notice"]


def test_the_clock_follows_the_moment_until_it_is_answered(clock, risk_manager):
    earlier = clock.incident.occurred_at - timedelta(days=2)
    edit_incident(clock.incident, by=risk_manager, version=None, occurred_at=earlier)
    was, clock = clock.due_at, StatutoryClock.objects.get()
    assert was - clock.due_at == timedelta(days=2)
    answer_clock(clock, by=risk_manager, answer="not_applicable", reason="不是员工")
    edit_incident(clock.incident, by=risk_manager, version=None, occurred_at=earlier.replace(day=1))
    assert StatutoryClock.objects.get().due_at == clock.due_at


def test_one_is_started_by_hand_once_it_is_confirmed(clean, risk_manager):
    incident = make_incident(clean, risk_manager, kind="violation")
    rule = StatutoryRule.objects.get(code="data_breach")
    with pytest.raises(ValidationError, match="还没有人确认"):
        start_clock(incident, by=risk_manager, rule=rule)
    confirmed(risk_manager, "data_breach")
    clocks = {start_clock(incident, by=risk_manager, rule=rule) for _ in range(2)}
    assert [one.due_at - incident.reported_at for one in clocks] == [timedelta(hours=1)]
    start_clocks(incident, by=risk_manager)
    assert running(incident) == ["data_breach"]


def test_closing_asks_for_each_clock(clean, risk_manager, risk):
    confirmed(risk_manager, "insurer_notice")
    incident = make_incident_at("actions", clean, risk_manager, risk)
    analyse(incident, risk_manager)
    link_incident_risk(incident, risk, by=risk_manager, known_before=True)
    with pytest.raises(ValidationError, match="请答复“可能索赔"):
        close_incident(incident, by=risk_manager)
    answer_clock(
        incident.clocks.get(), by=risk_manager, answer="reported", told_at=timezone.now(),
        told_to="平安 95511，报案号 7", reason="忘掉这句",
    )  # fmt: skip
    assert incident.clocks.get().reason == ""
    assert close_incident(incident, by=risk_manager).state == "closed"
    with pytest.raises(IncidentOver):
        answer_clock(incident.clocks.get(), by=risk_manager, answer="not_applicable", reason="晚了")


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        ({"answer": "reported"}, ["told_at", "told_to"]),
        ({"answer": "reported", "told_to": "人社局"}, ["told_at"]),
        ({"answer": "reported", "told_to": "局", "ahead": 5}, ["told_at"]),
        ({"answer": "not_applicable", "reason": " "}, ["reason"]),
        ({"answer": ""}, ["answer"]),
    ],
)
def test_an_answer_says_what_it_has_to(clock, risk_manager, answer, fields):
    if ahead := answer.pop("ahead", 0):
        answer["told_at"] = timezone.now() + timedelta(minutes=ahead)
    with pytest.raises(ValidationError) as refusal:
        answer_clock(clock, by=risk_manager, **answer)
    assert [*refusal.value.message_dict] == fields


def test_an_answer_is_corrected(clock, risk_manager):
    answer_clock(clock, by=risk_manager, answer="not_applicable", reason="不是员工")
    told = {"answer": "reported", "told_at": timezone.now(), "told_to": "人社局"}
    corrected = answer_clock(clock, by=risk_manager, **told)
    assert (corrected.answer, corrected.reason, corrected.told_to) == ("reported", "", "人社局")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("clock_answered_with_what_it_asks", {"answer": "reported"}),
        ("clock_answered_with_what_it_asks", {"answer": "not_applicable"}),
        ("clock_reminds_before_it_is_due", {"remind_at": timezone.now() + timedelta(days=90)}),
    ],
)
def test_the_database_refuses_it_too(clock, name, wrong):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        StatutoryClock.objects.filter(pk=clock.pk).update(**wrong)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("statutory_hours_above_zero", {"hours": 0}),
        ("statutory_severity_one_to_five", {"least_severity": 6}),
        ("statutory_confirmed_by_somebody", {"confirmed_at": timezone.now()}),
    ],
)
def test_the_database_refuses_such_a_rule(name, wrong):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        StatutoryRule.objects.filter(code="data_breach").update(**wrong)
