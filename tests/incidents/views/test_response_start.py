import pytest

from incidents.models import ContingencyActivation
from incidents.services.lasting import IncidentOver
from tests.contingency import make_contingency

pytestmark = pytest.mark.django_db


def begin(client, incident, plan):
    return client.post(f"/m/incidents/{incident.code}/begin", {"plan": plan.code})


def test_pressed_twice_it_begins_once(sign_in, incident, plan, staff_cleaning, risk_manager):
    for user in (staff_cleaning, risk_manager):
        response = begin(sign_in(user), incident, plan)
        assert response["Location"] == f"/m/incidents/{incident.code}/response"
    assert ContingencyActivation.objects.get().started_by == staff_cleaning


def test_what_nobody_acts_by_is_not_there(sign_in, incident, clean, risk_manager):
    draft = make_contingency(clean, by=risk_manager, in_force=False)
    assert begin(sign_in(risk_manager), incident, draft).status_code == 404


def test_closed_in_between_it_is_told(sign_in, incident, plan, risk_manager, monkeypatch):
    def over(*_args, **_facts):
        raise IncidentOver

    monkeypatch.setattr("incidents.views.responses.start_activation", over)
    assert begin(sign_in(risk_manager), incident, plan).status_code == 409


def test_an_auditor_does_not(sign_in, incident, plan, auditor):
    assert begin(sign_in(auditor), incident, plan).status_code == 403
