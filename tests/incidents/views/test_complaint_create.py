"""A complaint written down for a customer: one page, a number and a secret to tell them."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from incidents.complaints.secrets import secret_of
from incidents.models import Complaint
from riskhub.files.models import Attachment
from tests.incidents.complaining import make_complaint
from tests.photos import picture
from tests.registers.audit import Trail

pytestmark = pytest.mark.django_db

URL = "/m/complaint"
NOON = datetime(2026, 9, 23, 4, tzinfo=UTC)  # 12:00 in Shanghai


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def values():
    return {
        "text": "热水器装好后漏水", "channel": "phone", "received_at": "2026-09-23T11:40",
        "phone": "138 1234 5678", "name": "陈静", "lang": "zh-hans", "client_uuid": str(uuid4()),
    }  # fmt: skip


def test_it_is_filed_with_its_channel_and_its_clocks_count_from_the_call(sign_in, service, values):
    trail = Trail()
    answer = sign_in(service).post(URL, values | {"troubles": ["hurt"], "order_ref": "DD-9"})
    complaint = Complaint.objects.get()
    assert answer["Location"] == f"/m/complaint/sent/{values['client_uuid']}"
    assert (complaint.channel, complaint.text, complaint.order_ref, complaint.severity_id) == (
        "phone", "热水器装好后漏水", "DD-9", make_complaint(troubles=["hurt"]).severity_id,
    )  # fmt: skip
    assert complaint.first_contact_due == datetime(2026, 9, 23, 4, 10, tzinfo=UTC)
    assert complaint.contact_phone == "138 1234 5678"
    assert ("complaint.received", "吴敏") in {
        (event.action, event.actor_name) for event in trail.rows()
    }


def test_the_page_sent_twice_files_once(sign_in, service, values):
    client = sign_in(service)
    first, second = client.post(URL, values), client.post(URL, values)
    assert first["Location"] == second["Location"]
    assert Complaint.objects.count() == 1


def test_a_key_that_was_used_for_other_words_asks_to_look_and_sends_anew(sign_in, service, values):
    client = sign_in(service)
    client.post(URL, values)
    page = client.post(URL, values | {"text": "另一件事"})
    assert page.status_code == 422
    assert "另一件事" in page.text
    assert page.context["form"]["client_uuid"].value() != values["client_uuid"]
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "}, {"phone": "138"}, {"email": "chen"}, {"channel": "web_form"},
        {"received_at": "2026-09-24T08:00"}, {"wish": "everything"},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_lost(
    sign_in, service, values, wrong
):
    page = sign_in(service).post(URL, values | wrong)
    assert (page.status_code, Complaint.objects.count()) == (422, 0)
    assert [*page.context["form"].errors] == [*wrong]
    assert "陈静" in page.text


def test_photos_come_along(sign_in, service, values):
    photo = SimpleUploadedFile("a.jpg", picture(), content_type="image/jpeg")
    sign_in(service).post(URL, values | {"photos": [photo]})
    assert Attachment.objects.of(Complaint.objects.get()).count() == 1


def test_staff_who_heard_it_file_it_too_and_the_form_for_filing_leads_here(
    sign_in, staff_cleaning, values
):
    client = sign_in(staff_cleaning)
    assert URL in client.get("/m/new").text
    assert client.post(URL, values).status_code == 302


def test_an_auditor_files_nothing(sign_in, auditor, values):
    assert sign_in(auditor).get(URL).status_code == 403
    assert sign_in(auditor).post(URL, values).status_code == 403


def test_the_queue_leads_to_it_for_whoever_answers_customers(sign_in, service, auditor):
    queue = "/incidents/complaints/"
    assert URL in sign_in(service).get(queue).text
    assert URL not in sign_in(auditor).get(queue).text


def test_the_customer_reads_their_page_in_their_own_language(sign_in, service, values):
    sign_in(service).post(URL, values | {"lang": "en"})
    assert Complaint.objects.get().lang == "en"


def test_what_was_written_down_is_followed_with_the_secret_that_is_told(sign_in, service, values):
    client = sign_in(service)
    client.post(URL, values)
    code, secret = Complaint.objects.get().code, secret_of(Complaint.objects.get().client_uuid)
    assert secret in client.get(f"/m/complaint/sent/{values['client_uuid']}").text
    client.logout()
    assert client.post("/track", {"number": code, "secret": secret}).status_code == 302
