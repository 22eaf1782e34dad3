"""Whether a risk was known before a complaint came is corrected, also once the complaint is closed."""

import pytest

from incidents.models import ComplaintRisk
from riskhub.audit.models import AuditEvent
from tests.api_client import ApiClient
from tests.builders import make_risk
from tests.incidents.complaining import make_closed

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(risk_manager, risk):
    return make_closed(risk_manager, risk).risk_links.get()


def url_of(link):
    return f"/incidents/complaints/risks/{link.pk}/edit/"


def test_it_is_corrected_from_the_page_of_the_complaint(sign_in, link, risk_manager):
    client = sign_in(risk_manager)
    assert f'href="{url_of(link)}"' in client.get(link.complaint.get_absolute_url()).text
    assert client.get(url_of(link)).context["form"].initial == {"known_before": "yes"}
    answer = client.post(url_of(link), {"known_before": "no"})
    assert (answer.status_code, answer["Location"]) == (302, link.complaint.get_absolute_url())
    assert ComplaintRisk.objects.get().known_before is False
    event = AuditEvent.objects.filter(action="complaint_risk.corrected").get()
    assert (event.before["known_before"], event.after["known_before"]) == (True, False)


def test_without_an_answer_it_asks_again(sign_in, link, risk_manager):
    assert sign_in(risk_manager).post(url_of(link), {"known_before": ""}).status_code == 422
    assert ComplaintRisk.objects.get().known_before is True


def test_a_reader_is_offered_no_correction_and_makes_none(sign_in, link, auditor):
    client = sign_in(auditor)
    assert url_of(link) not in client.get(link.complaint.get_absolute_url()).text
    assert client.post(url_of(link), {"known_before": "no"}).status_code == 403


def test_a_risk_that_one_does_not_see_is_not_there(
    sign_in, register, tech, ops, risk_manager, head_cleaning
):
    theirs = make_closed(risk_manager, make_risk(register, by=risk_manager, department=tech))
    type(theirs).objects.filter(pk=theirs.pk).update(department=ops)
    client = sign_in(head_cleaning)
    assert client.get(theirs.get_absolute_url()).status_code == 200
    assert client.post(url_of(theirs.risk_links.get()), {"known_before": "no"}).status_code == 404


def test_programs_correct_it_as_well(link, risk_manager):
    api = ApiClient(risk_manager)
    told = api.patch(f"complaint-risks/{link.pk}/", {"known_before": False}).json()
    assert [(one["number"], one["known_before"]) for one in told["risks"]] == [(link.pk, False)]
    assert api.patch(f"complaint-risks/{link.pk}/", {}).status_code == 400
