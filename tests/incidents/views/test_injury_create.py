import pytest

from incidents.models import InjuredPerson
from tests.incidents.reporting import make_incident
from tests.incidents.views.investigating import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


def test_somebody_more_is_hurt_and_the_name_is_masked(sign_in, incident, risk_manager):
    client = sign_in(risk_manager)
    sent = {"role": "customer", "person_name": "陈美玲", "severity": "3", "days_lost": "0"}
    assert send(client, incident, "injury", **sent).status_code == 302
    person = InjuredPerson.objects.get()
    assert (person.severity, person.days_lost) == (3, 0)
    text = client.get(incident.get_absolute_url()).text
    assert ("陈**" in text, "陈美玲" in text, "误工 0 天" in text) == (True, False, True)


@pytest.mark.parametrize("wrong", [{"role": ""}, {"days_lost": "-1"}, {"person_name": "陈" * 101}])
def test_what_is_refused(sign_in, incident, risk_manager, wrong):
    response = send(sign_in(risk_manager), incident, "injury", **{"role": "staff"} | wrong)
    assert (response.status_code, InjuredPerson.objects.count()) == (422, 0)


def test_whoever_may_not_look_into_it_is_offered_no_name(
    sign_in, incident, risk_manager, staff_cleaning
):
    send(sign_in(risk_manager), incident, "injury", role="staff", person_name="王五")
    page = sign_in(staff_cleaning).get(incident.get_absolute_url())
    assert ("王**" in page.text, "/name/" in page.text) == (True, False)
