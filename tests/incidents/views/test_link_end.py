import pytest

from incidents.models import IncidentRisk
from incidents.services.investigations import link_incident_risk
from tests.incidents.reporting import make_incident
from tests.incidents.views.investigating import send_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


@pytest.fixture
def link(incident, risk, risk_manager):
    return link_incident_risk(incident, risk, by=risk_manager, known_before=True)


def test_it_was_another_risk(sign_in, link, risk_manager):
    client = sign_in(risk_manager)
    assert link.risk.code in client.get(f"/incidents/risks/{link.pk}/end/").text
    assert send_to(client, link, "risks", "end", reason="").status_code == 422
    assert send_to(client, link, "risks", "end", reason="是另一项").status_code == 302
    assert not IncidentRisk.objects.exists()


def test_its_reporter_does_not(sign_in, link, staff_cleaning):
    assert send_to(sign_in(staff_cleaning), link, "risks", "end").status_code == 403
