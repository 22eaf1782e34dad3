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


def test_the_days_are_known_later_and_the_name_stays(sign_in, person, risk_manager):
    client = sign_in(risk_manager)
    page = client.get(f"/incidents/injuries/{person.pk}/edit/")
    assert ("陈**" in page.text, "陈美玲" in page.text) == (True, False)
    sent = {"role": "staff", "days_lost": "5", "version": "1"}
    assert send_to(client, person, "injuries", "edit", **sent).status_code == 302
    person.refresh_from_db()
    assert (person.role, person.days_lost, person.person_name) == ("staff", 5, "陈美玲")


def test_the_name_is_taken_out(sign_in, person, risk_manager):
    client = sign_in(risk_manager)
    sent = {"role": "staff", "is_unnamed": "on", "version": "1"}
    send_to(client, person, "injuries", "edit", **sent)
    person.refresh_from_db()
    form = client.get(f"/incidents/injuries/{person.pk}/edit/").context["form"]
    assert (person.person_name, "is_unnamed" in form.fields) == ("", False)


def test_of_two_the_second_is_told(sign_in, person, risk_manager):
    sent = {"role": "staff", "version": "9"}
    assert send_to(sign_in(risk_manager), person, "injuries", "edit", **sent).status_code == 409


def test_its_reporter_does_not(sign_in, person, staff_cleaning):
    assert send_to(sign_in(staff_cleaning), person, "injuries", "edit").status_code == 403
