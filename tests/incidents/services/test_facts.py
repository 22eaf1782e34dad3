"""The timeline of an incident: lines that stay, and those that proved wrong."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from incidents.models import IncidentFact
from incidents.services.facts import add_fact, withdraw_fact
from incidents.services.lasting import IncidentOver
from riskhub.entry.repeats import KeyReused
from tests.incidents.reporting import make_incident, make_incident_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, risk_manager):
    return make_incident(clean, risk_manager)


@pytest.fixture
def add(incident, risk_manager):
    def make(text="呼叫 120", thing=None, **fields):
        facts = {"at": timezone.now() - timedelta(hours=1), "client_uuid": uuid4()} | fields
        return add_fact(thing or incident, by=risk_manager, text=text, **facts)

    return make


def test_a_line_is_said_once(add, incident, clean, risk_manager):
    key = uuid4()
    assert add(client_uuid=key) == add(client_uuid=key)
    assert [fact.text for fact in incident.timeline.all()] == ["呼叫 120"]
    for other in ({"text": "送医"}, {"thing": make_incident(clean, risk_manager)}):
        with pytest.raises(KeyReused):
            add(client_uuid=key, **other)


def test_what_is_still_to_come_is_no_fact(add):
    with pytest.raises(ValidationError) as refusal:
        add(at=timezone.now() + timedelta(minutes=1))
    assert [*refusal.value.message_dict] == ["at"]
    with pytest.raises(ValidationError):
        add(text=" ")


def test_what_proved_wrong_is_taken_back_with_its_reason(add, risk_manager):
    fact = add()
    with pytest.raises(ValidationError, match="哪里有误"):
        withdraw_fact(fact, by=risk_manager, reason=" ")
    assert withdraw_fact(fact, by=risk_manager, reason="是 119").withdrawn_reason == "是 119"
    with pytest.raises(ValidationError, match="已撤回"):
        withdraw_fact(fact, by=risk_manager, reason="再来")


def test_what_is_over_gets_no_more_lines(add, clean, risk_manager, risk):
    fact = add(thing=make_incident_at("actions", clean, risk_manager, risk))
    type(fact.incident).objects.filter(pk=fact.incident_id).update(
        state="duplicate", duplicate_of=make_incident(clean, risk_manager)
    )
    fact.incident.refresh_from_db()
    with pytest.raises(IncidentOver):
        add(thing=fact.incident)
    with pytest.raises(IncidentOver):
        withdraw_fact(fact, by=risk_manager, reason="晚了")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("incident_fact_not_blank", {"text": ""}),
        ("incident_fact_not_ahead", {"at": timezone.now() + timedelta(days=1)}),
    ],
)
def test_the_database_refuses_it_too(incident, risk_manager, name, wrong):
    facts = {"at": timezone.now(), "text": "呼叫 120", "client_uuid": uuid4()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        IncidentFact.objects.create(
            incident=incident, author=risk_manager, recorded_at=timezone.now(), **facts | wrong
        )
