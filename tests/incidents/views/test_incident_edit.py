import pytest
from django.utils import timezone

from tests.incidents.reporting import make_incident
from tests.incidents.views.investigating import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


def test_what_is_corrected_stands_on_the_page(sign_in, incident, risk_manager):
    client = sign_in(risk_manager)
    page = client.get(f"/incidents/{incident.code}/edit/")
    was = page.context["form"].initial["occurred_at"]
    sent = {"occurred_at": f"{was:%Y-%m-%dT%H:%M}", "place": "卧室", "version": "1"}
    assert send(client, incident, "edit", **sent).status_code == 302
    incident_now = type(incident).objects.get()
    assert (incident_now.place, incident_now.occurred_at) == ("卧室", incident.occurred_at)


def test_another_moment_is_taken_to_the_minute(sign_in, incident, risk_manager):
    sent = {"occurred_at": "2026-01-02T08:30", "version": "1"}
    send(sign_in(risk_manager), incident, "edit", **sent)
    stored = timezone.localtime(type(incident).objects.get().occurred_at)
    assert f"{stored:%Y-%m-%d %H:%M}" == "2026-01-02 08:30"


def test_of_two_the_second_is_told(sign_in, incident, risk_manager):
    sent = {"occurred_at": "2026-01-02T08:30", "version": "7"}
    assert send(sign_in(risk_manager), incident, "edit", **sent).status_code == 409


def test_its_reporter_does_not(sign_in, incident, staff_cleaning):
    assert send(sign_in(staff_cleaning), incident, "edit").status_code == 403
