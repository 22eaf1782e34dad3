import pytest

from incidents.models import Incident
from incidents.services.investigations import link_incident_risk
from tests.incidents.reporting import analyse, make_incident, make_incident_at
from tests.incidents.views.investigating import send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "after"), [("triaged", "investigating"), ("investigating", "actions")]
)
def test_the_button_on_its_page_leads_on(before, after, sign_in, clean, risk_manager, risk):
    incident = make_incident_at(before, clean, risk_manager, risk)
    client = sign_in(risk_manager)
    assert f'name="to" value="{after}"' in client.get(incident.get_absolute_url()).text
    assert send(client, incident, "step", to=after).status_code == 302
    assert Incident.objects.get().state == after


def test_it_is_not_closed_before_the_cause_and_the_risk_are_known(
    sign_in, clean, risk_manager, risk
):
    incident = make_incident_at("actions", clean, risk_manager, risk)
    client = sign_in(risk_manager)
    assert "请写明根本原因" in client.get(incident.get_absolute_url()).text
    refused = send(client, incident, "step", to="closed")
    assert (refused.status_code, "请写明根本原因" in refused.text) == (409, True)
    analyse(incident, risk_manager)
    link_incident_risk(incident, risk, by=risk_manager, known_before=True)
    assert send(client, incident, "step", to="closed").status_code == 302
    assert Incident.objects.get().state == "closed"
    assert 'name="to"' not in client.get(incident.get_absolute_url()).text


@pytest.mark.parametrize("to", ["", "closed", "duplicate", "reported"])
def test_no_step_is_left_out(to, sign_in, clean, risk_manager):
    incident = make_incident(clean, risk_manager)
    assert send(sign_in(risk_manager), incident, "step", to=to).status_code == 409
    assert Incident.objects.get().state == "reported"


def test_who_may_not_and_who_does_not_see_it(
    sign_in, clean, risk_manager, risk, auditor, head_repair
):
    incident = make_incident_at("triaged", clean, risk_manager, risk)
    url = f"/incidents/{incident.code}/step/"
    assert sign_in(auditor).post(url, {"to": "investigating"}).status_code == 403
    assert sign_in(head_repair).post(url, {"to": "investigating"}).status_code == 404
    assert sign_in(risk_manager).get(url).status_code == 405
