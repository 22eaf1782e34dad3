"""Number and secret open the page of a complaint; what is wrong is never told apart."""

import re

import pytest

from incidents.complaints.secrets import secret_of
from tests.incidents.complaining import make_complaint
from tests.incidents.views.asked import tell

pytestmark = pytest.mark.django_db

URL = "/track"
_MOVING = re.compile(r'nonce="[^"]*"|value="[^"]*"')


def typed(complaint, **changed):
    return {"number": complaint.code, "secret": secret_of(complaint.client_uuid)} | changed


def test_both_open_it_and_neither_stands_in_an_address(client):
    complaint = make_complaint()
    answer = client.post(URL, typed(complaint))
    assert (answer.status_code, answer["Location"]) == (302, "/track/status")
    assert client.get("/track/status").context["complaint"] == complaint


def test_small_letters_blanks_and_full_width_signs_open_it_too(client):
    complaint = make_complaint()
    number = f" {complaint.code.lower().replace('2', '２')} "
    secret = secret_of(complaint.client_uuid).lower().replace("-", " ")
    assert client.post(URL, {"number": number, "secret": secret}).status_code == 302


def test_a_wrong_number_and_a_wrong_secret_answer_the_same(client):
    complaint, other = make_complaint(), make_complaint()
    tried = [
        typed(complaint, secret="22222-22222"),
        typed(complaint, number="C-2026-9999"),
        typed(complaint, secret=secret_of(other.client_uuid)),
    ]
    answers = [client.post(URL, one) for one in tried]
    assert [one.status_code for one in answers] == [422] * 3
    assert len({_MOVING.sub("", one.text) for one in answers}) == 1
    assert client.get("/track/status")["Location"] == "/track"


@pytest.mark.parametrize("missing", ["number", "secret"])
def test_both_are_asked_for(client, missing):
    page = client.post(URL, typed(make_complaint(), **{missing: " "}))
    assert (page.status_code, list(page.context["form"].errors)) == (422, [missing])


def test_a_complaint_without_a_secret_is_opened_by_none(client):
    complaint = make_complaint()
    type(complaint).objects.filter(pk=complaint.pk).update(secret_hash="")
    assert client.post(URL, typed(complaint)).status_code == 422


def test_the_receipt_leads_there_with_the_number_and_without_the_secret(client):
    tell(client).post("/complain/check")
    receipt = client.get("/complain/done")
    page = client.get(receipt.context["follow"])
    assert page.context["form"]["number"].value() == receipt.context["complaint"].code
    assert receipt.context["secret"] not in receipt.context["follow"]
    assert "<svg" in receipt.context["drawing"]


def test_the_session_has_a_new_key_once_it_is_open(client):
    tell(client)
    before = client.session.session_key
    client.post(URL, typed(make_complaint()))
    assert client.session.session_key != before


def test_the_switch_of_the_language_keeps_number_and_secret_and_tries_nothing(client):
    complaint = make_complaint()
    for _ in range(12):
        page = client.post(
            "/track", {"number": complaint.code, "secret": "22222-22222", "language": "en"}
        )
    form = page.context["form"]
    assert page.status_code == 200
    assert (form["number"].value(), form["secret"].value()) == (complaint.code, "22222-22222")
    assert ("See how your complaint stands" in page.text, page["Content-Language"]) == (True, "en")
    assert client.cookies["language"].value == "en"
    right = secret_of(complaint.client_uuid)
    assert client.post("/track", {"number": complaint.code, "secret": right}).status_code == 302
