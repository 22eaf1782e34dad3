import pytest

from incidents.services.incidents import report_incident
from registers.receipts import receipt_of
from tests.incidents.reporting import kind_of, make_incident, seen

pytestmark = pytest.mark.django_db


def test_it_says_the_number_and_what_was_told(sign_in, clean, staff_cleaning):
    incident = make_incident(clean, staff_cleaning, hurt=["customer"])
    page = sign_in(staff_cleaning).get(f"/m/incident/sent/{incident.code}").text
    assert incident.code in page
    assert incident.text in page
    assert page.index("tel:120") < page.index(incident.text)


def test_nobody_elses_is_found(sign_in, clean, staff_cleaning, staff_repair):
    incident = make_incident(clean, staff_cleaning)
    assert sign_in(staff_repair).get(f"/m/incident/sent/{incident.code}").status_code == 404


def test_without_a_name_its_key_leads_there(sign_in, clean, staff_cleaning, staff_repair):
    near = seen(clean, kind="near_miss", is_anonymous=True)
    incident, _new = report_incident(near, by=staff_cleaning)
    address = f"/m/incident/sent/{receipt_of(near.client_uuid)}"
    for person in (staff_cleaning, staff_repair):
        page = sign_in(person).get(address).text
        assert (incident.code in page, "tel:120" in page) == (True, False)
    assert sign_in(staff_cleaning).get(f"/m/incident/sent/{incident.code}").status_code == 404
    assert kind_of("near_miss") == incident.kind


def test_with_a_name_no_key_leads_there(sign_in, clean, staff_cleaning):
    told = seen(clean)
    report_incident(told, by=staff_cleaning)
    address = f"/m/incident/sent/{receipt_of(told.client_uuid)}"
    assert sign_in(staff_cleaning).get(address).status_code == 404
