import pytest

from incidents.services.injuries import record_injury
from tests.incidents.reporting import make_incident
from tests.incidents.views.investigating import send_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


@pytest.fixture
def person(incident, risk_manager):
    return record_injury(incident, by=risk_manager, role="customer", person_name="陈美玲")


def test_not_hurt_after_all(sign_in, person, incident, risk_manager):
    client = sign_in(risk_manager)
    assert send_to(client, person, "injuries", "remove", reason="").status_code == 422
    assert send_to(client, person, "injuries", "remove", reason="没有受伤").status_code == 302
    assert not incident.injured.exists()


def test_its_reporter_does_not(sign_in, person, staff_cleaning):
    assert send_to(sign_in(staff_cleaning), person, "injuries", "remove").status_code == 403
