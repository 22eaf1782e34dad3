"""A call is logged, with its moment."""

import pytest
from django.utils import timezone

from incidents.services.handling import end_complaint
from tests.incidents.complaining import make_at
from tests.incidents.views.stepping import assert_done, assert_refused, keyed, stored, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(service):
    return make_at("received", service)


def body(_complaint):
    return keyed(text="已致电,约明天上门")


def test_it_is_done_and_said(sign_in, complaint, service):
    answer = sign_in(service).post(url_of(complaint, "contact"), body(complaint))
    assert_done(answer, complaint, "complaint.contacted")


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(
        sign_in, complaint, "contact", body(complaint), readers=[auditor], outside=head_cleaning
    )


def test_the_same_form_sent_twice_is_one_call(sign_in, complaint, service):
    client, sent = sign_in(service), body(complaint)
    for _time in range(2):
        assert client.post(url_of(complaint, "contact"), sent).status_code == 302
    assert complaint.messages.count() == 1


def test_a_key_used_for_other_words_is_refused_and_renewed(sign_in, complaint, service):
    client, sent = sign_in(service), body(complaint)
    client.post(url_of(complaint, "contact"), sent)
    page = client.post(url_of(complaint, "contact"), sent | {"text": "又打了一次电话"})
    assert page.status_code == 422
    again = {"text": "又打了一次电话", "client_uuid": page.context["form"]["client_uuid"].value()}
    assert client.post(url_of(complaint, "contact"), again).status_code == 302
    assert complaint.messages.count() == 2


def test_the_moment_may_be_the_minute_in_which_it_came(sign_in, complaint, service):
    minute = timezone.localtime(complaint.received_at).strftime("%Y-%m-%dT%H:%M")
    sign_in(service).post(url_of(complaint, "contact"), body(complaint) | {"at": minute})
    assert stored(complaint).first_contact_at == complaint.received_at


def test_a_day_that_nobody_meant_is_refused(sign_in, complaint, service):
    page = sign_in(service).post(
        url_of(complaint, "contact"), body(complaint) | {"at": "0001-01-01T00:00"}
    )
    assert "at" in page.context["form"].errors


def test_what_is_over_is_not_called_about(sign_in, complaint, service):
    end_complaint(complaint, by=service, state="invalid", reason="重复")
    client = sign_in(service)
    page = client.get(url_of(complaint, "contact"))
    assert (page.status_code, page.url) == (302, complaint.get_absolute_url())
    assert client.post(url_of(complaint, "contact"), body(complaint)).status_code == 409


def test_reply_templates_are_offered_in_the_language_of_the_customer(sign_in, complaint, service):
    client = sign_in(service)
    page = client.get(url_of(complaint, "contact"))
    first = page.context["replies"][0]
    assert complaint.code in first.text
    assert f"?reply={first.pk}" in page.text
    chosen = client.get(url_of(complaint, "contact"), {"reply": first.pk})
    assert chosen.context["form"]["text"].value() == first.text


def test_a_note_for_colleagues_offers_none(sign_in, complaint, service):
    assert "replies.js" not in sign_in(service).get(url_of(complaint, "note")).text
