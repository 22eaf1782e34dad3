from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from incidents.incidents.choices import INCIDENT_NEXT_STATES, IncidentState
from incidents.models import Incident, IncidentRisk
from incidents.services.incident_steps import (
    act_on_incident,
    close_incident,
    investigate_incident,
    merge_incident,
    missing_to_close,
)
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import StaleVersion
from tests.incidents.reporting import analyse, make_incident, make_incident_at, triage

pytestmark = pytest.mark.django_db

# What the spec draws (2.6), written down once more by hand.
DRAWN = {
    ("reported", "triaged"), ("reported", "duplicate"), ("triaged", "investigating"),
    ("investigating", "actions"), ("actions", "closed"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [*product(IncidentState.values, repeat=2)])
def test_it_moves_as_the_table_says(before, after, clean, risk_manager, risk):
    assert (after in INCIDENT_NEXT_STATES[before]) == ((before, after) in DRAWN)
    other = make_incident(clean, risk_manager)
    if before == "duplicate":
        incident = merge_incident(
            make_incident(clean, risk_manager), by=risk_manager, same_as=other
        )
    else:
        incident = make_incident_at(before, clean, risk_manager, risk)
    steps = {
        "reported": lambda: _move_back(incident, risk_manager),
        "triaged": lambda: triage(incident, risk_manager),
        "duplicate": lambda: merge_incident(incident, by=risk_manager, same_as=other),
        "investigating": lambda: investigate_incident(incident, by=risk_manager),
        "actions": lambda: act_on_incident(incident, by=risk_manager),
        "closed": lambda: _close(incident, risk, risk_manager),
    }
    if (before, after) in DRAWN:
        steps[after]()
    else:
        with pytest.raises(WrongState):
            steps[after]()
    stored = Incident.objects.get(pk=incident.pk)
    assert stored.state == (after if (before, after) in DRAWN else before)
    assert stored.is_over == (stored.state in {"closed", "duplicate"})


def _move_back(incident, by):
    with acting(by, "incident.edited"):
        move(incident, "reported")


def _close(incident, risk, by):
    if not incident.is_over:
        analyse(incident, by)
        IncidentRisk.objects.get_or_create(
            incident=incident, risk=risk, defaults={"known_before": True, "confirmed_by": by}
        )
    return close_incident(incident, by=by)


def test_sorting_says_how_grave_it_was_and_who_looks_into_it(clean, risk_manager, head_cleaning):
    incident = make_incident(clean, risk_manager)
    triage(incident, risk_manager, actual_severity=2, investigator=head_cleaning)
    found = (incident.actual_severity, incident.potential_severity, incident.investigator)
    assert found == (2, 4, head_cleaning)


@pytest.mark.parametrize(
    "wrong", [{"potential_severity": 6}, {"actual_severity": 0}, {"actual_severity": 5}]
)
def test_what_could_have_been_is_at_least_what_came_of_it(clean, risk_manager, wrong):
    with pytest.raises(ValidationError) as refusal:
        triage(make_incident(clean, risk_manager), risk_manager, **wrong)
    assert [*refusal.value.message_dict] == ["potential_severity"]


def test_nobody_looks_into_what_they_cannot_see(clean, risk_manager, staff_repair):
    with pytest.raises(ValidationError) as refusal:
        triage(make_incident(clean, risk_manager), risk_manager, investigator=staff_repair)
    assert [*refusal.value.message_dict] == ["investigator"]


def test_it_is_not_a_duplicate_of_itself_nor_of_a_duplicate(clean, risk_manager):
    first, second, third = (make_incident(clean, risk_manager) for _ in range(3))
    with pytest.raises(ValidationError):
        merge_incident(first, by=risk_manager, same_as=first)
    merge_incident(second, by=risk_manager, same_as=first)
    with pytest.raises(ValidationError):
        merge_incident(third, by=risk_manager, same_as=second)


def test_closing_needs_a_cause_and_a_risk(clean, risk_manager, risk):
    incident = make_incident_at("actions", clean, risk_manager, risk)
    with pytest.raises(ValidationError) as refusal:
        close_incident(incident, by=risk_manager)
    assert len(refusal.value.messages) == len(missing_to_close(incident)) == 2
    _close(incident, risk, risk_manager)
    assert timezone.now() - incident.closed_at < timedelta(minutes=1)


def test_who_saw_an_older_one_is_told(clean, risk_manager, risk):
    with pytest.raises(StaleVersion):
        close_incident(
            make_incident_at("actions", clean, risk_manager, risk), by=risk_manager, version=1
        )
    with pytest.raises(StaleVersion):
        triage(make_incident(clean, risk_manager), risk_manager, version=7)


def test_a_closed_one_keeps_its_risk(clean, risk_manager, risk):
    make_incident_at("closed", clean, risk_manager, risk)
    with (
        pytest.raises(IntegrityError, match="incident_closed_keeps_its_risks"),
        transaction.atomic(),
    ):
        IncidentRisk.objects.all().delete()
