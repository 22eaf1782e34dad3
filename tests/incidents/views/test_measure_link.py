import pytest
from django.utils import timezone

from incidents.models import IncidentMeasure
from incidents.services.investigations import link_incident_risk
from tests.builders import assess, make_plan, make_risk
from tests.incidents.reporting import make_incident
from tests.incidents.views.investigating import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(risk, risk_manager):
    assess(risk, (2, 2), (2, 2), by=risk_manager)
    return make_plan(risk, by=risk_manager, submitted=True).actions.get()


@pytest.fixture
def incident(clean, staff_cleaning, risk, risk_manager):
    incident = make_incident(clean, staff_cleaning)
    link_incident_risk(incident, risk, by=risk_manager, known_before=True)
    return incident


def test_an_action_of_the_plan_of_its_risk_is_named(sign_in, incident, action, risk_manager):
    client = sign_in(risk_manager)
    assert send(client, incident, "measure", action=action.pk).status_code == 302
    page = client.get(incident.get_absolute_url())
    assert [one.action for one in page.context["measures"]] == [action]
    assert page.context["plans"] == [(f"/plans/{action.plan.code}/", action.plan.code)]
    assert action.due_on >= timezone.localdate()


def test_of_a_risk_without_a_plan_the_page_leads_to_a_new_one(
    sign_in, incident, risk, risk_manager
):
    page = sign_in(risk_manager).get(incident.get_absolute_url())
    assert page.context["plans"] == [(f"/risks/{risk.code}/plan/new/", risk.code)]


def test_not_one_of_another_risk(sign_in, incident, register, clean, risk_manager):
    other = make_risk(register, by=risk_manager, department=clean, title="另一项")
    assess(other, (2, 2), (2, 2), by=risk_manager)
    action = make_plan(other, by=risk_manager, submitted=True).actions.get()
    response = send(sign_in(risk_manager), incident, "measure", action=action.pk)
    assert (response.status_code, IncidentMeasure.objects.count()) == (422, 0)


def test_its_reporter_does_not(sign_in, incident, staff_cleaning):
    assert send(sign_in(staff_cleaning), incident, "measure").status_code == 403
