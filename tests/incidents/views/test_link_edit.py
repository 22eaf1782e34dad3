import pytest

from incidents.models import IncidentRisk
from incidents.services.investigations import link_incident_risk
from tests.builders import make_risk
from tests.incidents.reporting import make_incident
from tests.incidents.views.investigating import send_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


@pytest.fixture
def link(incident, risk, risk_manager):
    return link_incident_risk(incident, risk, by=risk_manager, known_before=True)


def test_whether_it_was_known_is_corrected(sign_in, link, risk_manager):
    client = sign_in(risk_manager)
    page = client.get(f"/incidents/risks/{link.pk}/edit/")
    assert page.context["form"].initial["known_before"] == "yes"
    assert send_to(client, link, "risks", "edit", known_before="no").status_code == 302
    assert IncidentRisk.objects.get().known_before is False


def test_a_risk_that_one_does_not_see_is_not_there(
    sign_in, incident, register, repair, risk_manager, head_cleaning
):
    theirs = make_risk(register, by=risk_manager, department=repair)
    link = link_incident_risk(incident, theirs, by=risk_manager, known_before=True)
    assert send_to(sign_in(head_cleaning), link, "risks", "edit").status_code == 404


def test_its_reporter_does_not(sign_in, link, staff_cleaning):
    assert send_to(sign_in(staff_cleaning), link, "risks", "edit").status_code == 403
