"""Photos of complaints go with the contact, files of incidents when the company says so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from incidents.services.personal import forget_complainants
from riskhub.audit.chain import verify_chain
from riskhub.audit.services import seal_events
from riskhub.company.services import set_preference
from riskhub.files.services import attach_files, erase_attachments
from tests.builders import make_risk
from tests.incidents.complaining import make_closed, make_complaint
from tests.incidents.reporting import make_incident_at
from tests.photos import kept_photo, made_attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def risk(register, risk_manager):
    return make_risk(register, by=risk_manager)


@pytest.fixture
def complaint(risk_manager, risk):
    closed = make_closed(risk_manager, risk)
    attach_files(closed, [kept_photo()], by=risk_manager)
    return closed


def later(time_machine, days):
    time_machine.move_to(timezone.now() + timedelta(days=days), tick=True)


def test_photos_of_a_complaint_go_once_it_is_forgotten(complaint, risk_manager, time_machine):
    made_attachment(make_complaint("还没办完"), by=risk_manager, colour="red")
    later(time_machine, 731)
    assert erase_attachments() == 0
    assert (forget_complainants(), erase_attachments()) == (1, 1)


def test_its_page_says_so(complaint, risk_manager, sign_in, time_machine):
    client = sign_in(risk_manager)
    url = complaint.get_absolute_url()
    assert "thumbnail" in client.get(url).text
    later(time_machine, 731)
    forget_complainants()
    erase_attachments()
    client = sign_in(risk_manager)
    page = client.get(url)
    assert page.status_code == 200
    assert ("thumbnail" in page.text, "已到保存期限" in page.text) == (False, True)


def test_files_of_incidents_stay_unless_the_company_says_how_long(
    risk, risk_manager, clean, time_machine
):
    incident = make_incident_at("closed", clean, risk_manager, risk)
    open_one = make_incident_at("investigating", clean, risk_manager, risk)
    for one, colour in ((incident, "red"), (open_one, "blue")):
        made_attachment(one, by=risk_manager, colour=colour)
    later(time_machine, 4000)
    assert erase_attachments() == 0
    set_preference("incident_files_kept_days", 3650, by=risk_manager)
    assert erase_attachments() == 1


@pytest.mark.django_db(transaction=True)
def test_seals_stay_whole(complaint, time_machine):
    seal_events()
    later(time_machine, 731)
    forget_complainants()
    assert erase_attachments() == 1
    seal_events()
    assert not verify_chain().fault
