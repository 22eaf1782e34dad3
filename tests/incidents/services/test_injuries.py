"""Who was injured; their names are sealed, masked, and read only by whoever asks."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from incidents.models import InjuredPerson
from incidents.services.incident_steps import merge_incident
from incidents.services.injuries import (
    edit_injury,
    record_injury,
    remove_injury,
    reveal_injured_name,
)
from incidents.services.personal import reseal_injured
from riskhub.audit.models import AuditEvent
from riskhub.personal.sealing import is_newest
from riskhub.work.services import sweep_work
from tests.incidents.reporting import make_incident, make_incident_at

pytestmark = pytest.mark.django_db

OLD, NEW = "o" * 50, "n" * 50


@pytest.fixture
def incident(clean, risk_manager):
    return make_incident(clean, risk_manager)


@pytest.fixture
def chen(incident, risk_manager):
    return record_injury(incident, by=risk_manager, role="customer", person_name=" 陈美玲 ")


def tokens():
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_name FROM incidents_injuredperson WHERE person_name <> ''")
        return [row[0] for row in cursor.fetchall()]


def test_who_is_hurt_and_how_long(incident, risk_manager):
    person = record_injury(incident, by=risk_manager, role="customer")
    assert (person.severity, person.days_lost, person.shown_name) == (None, None, "")
    edited = edit_injury(
        person, by=risk_manager, version=1, role="staff", severity=2, days_lost=0, note="手腕肿"
    )
    assert (edited.role, edited.severity, edited.days_lost, edited.note) == (
        "staff", 2, 0, "手腕肿",
    )  # fmt: skip
    with pytest.raises(ValidationError, match="写明原因"):
        remove_injury(edited, by=risk_manager, reason=" ")
    remove_injury(edited, by=risk_manager, reason="没有受伤")
    assert not incident.injured.exists()
    assert AuditEvent.objects.get(action="injury.removed").reason == "没有受伤"


@pytest.mark.parametrize("wrong", [{"days_lost": -1}, {"severity": 6}, {"role": "dog"}])
def test_what_cannot_be_of_an_injury(incident, risk_manager, wrong):
    with pytest.raises(ValidationError):
        record_injury(incident, by=risk_manager, **{"role": "staff"} | wrong)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("injury_days_not_negative", {"days_lost": -1}), ("injury_one_to_five", {"severity": 6})],
)
def test_the_database_refuses_it_too(incident, name, wrong):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        InjuredPerson.objects.create(incident=incident, role="staff", **wrong)


def test_a_name_is_sealed_and_the_log_keeps_none_of_it(chen):
    (token,) = tokens()
    assert (chen.person_name, chen.shown_name, "陈" in token) == ("陈美玲", "陈**", False)
    event = AuditEvent.objects.get(action="injury.recorded", object_type__endswith="injuredperson")
    assert event.after["person_name"] == "***"


def test_a_correction_keeps_the_name_until_another_takes_its_place(chen, risk_manager):
    facts = {"severity": None, "days_lost": 2, "note": ""}
    kept = edit_injury(chen, by=risk_manager, version=1, **facts)
    assert kept.person_name == "陈美玲"
    other = edit_injury(kept, by=risk_manager, version=2, person_name="陈玲", **facts)
    assert other.person_name == "陈玲"
    gone = edit_injury(other, by=risk_manager, version=3, person_name="", **facts)
    assert (gone.person_name, tokens()) == ("", [])


def test_a_name_has_an_end(incident, risk_manager):
    with pytest.raises(ValidationError, match="100"):
        record_injury(incident, by=risk_manager, role="staff", person_name="陈" * 101)


def test_that_somebody_read_it_stays_in_the_log(chen, risk_manager):
    assert reveal_injured_name(chen, by=risk_manager) == "陈美玲"
    event = AuditEvent.objects.get(action="injury.name_read")
    assert (event.actor_id, event.object_id, "陈" in event.object_label) == (
        risk_manager.pk, str(chen.pk), False,
    )  # fmt: skip


def test_a_new_key_seals_names_anew_and_one_that_is_lost_is_named(
    settings, incident, risk_manager, capsys
):
    settings.PERSONAL_KEYS = [OLD]
    record_injury(incident, by=risk_manager, role="staff", person_name="王五")
    settings.PERSONAL_KEYS = [NEW, OLD]
    call_command("rotate_personal_keys")
    assert "1 names of injured persons are sealed" in capsys.readouterr().out
    assert [is_newest(token) for token in tokens()] == [True]
    settings.PERSONAL_KEYS = [OLD]
    assert reseal_injured(by=None) == (0, [incident.code])


def test_after_its_time_a_name_is_forgotten_and_the_days_stay(
    clean, risk_manager, risk, time_machine
):
    closed, twice, still = (make_incident(clean, risk_manager) for _ in range(3))
    people = [
        record_injury(one, by=risk_manager, role="staff", person_name="王五", days_lost=3)
        for one in (closed, twice, still)
    ]
    merge_incident(twice, by=risk_manager, same_as=closed)
    type(closed).objects.filter(pk=closed.pk).update(state="reported")
    finished = make_incident_at("closed", clean, risk_manager, risk)
    type(twice).objects.filter(pk=twice.pk).update(duplicate_of=finished)
    InjuredPerson.objects.filter(pk=people[0].pk).update(incident=finished)
    time_machine.move_to(timezone.now() + timedelta(days=731))
    sweep_work()
    kept = InjuredPerson.objects.order_by("pk").values_list("days_lost", flat=True)
    assert [one.person_name for one in InjuredPerson.objects.order_by("pk")] == ["", "", "王五"]
    assert [*kept] == [3, 3, 3]
