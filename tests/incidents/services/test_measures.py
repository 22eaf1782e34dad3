"""Which actions of response plans answer an incident."""

import pytest
from django.core.exceptions import ValidationError

from incidents.models import IncidentMeasure
from incidents.services.lasting import IncidentOver
from incidents.services.measures import link_measure, unlink_measure
from tests.builders import assess, make_plan
from tests.incidents.reporting import make_incident, make_incident_at
from tests.registers.audit import Trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(risk, risk_manager):
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    return make_plan(risk, by=risk_manager, submitted=True).actions.get()


def test_an_action_is_named_once_and_stays_in_its_plan(clean, action, risk_manager):
    incident = make_incident(clean, risk_manager)
    named = {link_measure(incident, by=risk_manager, action=action) for _ in range(2)}
    assert [str(one) for one in named] == [f"{incident.code} {action.title}"]
    (measure,) = named
    with pytest.raises(ValidationError, match="写明原因"):
        unlink_measure(measure, by=risk_manager, reason="")
    trail = Trail()
    unlink_measure(measure, by=risk_manager, reason="无关")
    assert trail.only("incidents_incidentmeasure").reason == "无关"
    assert not IncidentMeasure.objects.exists()
    action.refresh_from_db()


def test_what_is_over_gets_no_more_measures(clean, action, risk, risk_manager):
    closed = make_incident_at("closed", clean, risk_manager, risk)
    with pytest.raises(IncidentOver):
        link_measure(closed, by=risk_manager, action=action)
