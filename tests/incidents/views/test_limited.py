"""Wide for what customers send, narrow for wrong secrets; each refusal says until when."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from incidents.complaints.secrets import secret_of
from incidents.models import Complaint
from incidents.views import limited
from riskhub.web.limits import Limit
from tests.incidents.complaining import make_complaint
from tests.incidents.views.asked import tell
from tests.incidents.views.following import follow

pytestmark = pytest.mark.django_db
_MOVING = re.compile(r'nonce="[^"]*"|value="[^"]*"|C-2026-\d+')


WRONG = "22222-22222"


def try_it(client, number, secret=WRONG, address="192.0.2.7"):
    return client.post("/track", {"number": number, "secret": secret}, REMOTE_ADDR=address)


def test_after_ten_wrong_secrets_the_right_one_waits_too(client):
    complaint = make_complaint()
    tried = [try_it(client, complaint.code).status_code for _ in range(11)]
    assert tried == [422] * 10 + [429]
    page = try_it(client, complaint.code, secret_of(complaint.client_uuid))
    assert page.status_code == 429
    assert 0 < int(page["Retry-After"]) <= 15 * 60
    assert "错的次数太多" in page.text


def test_its_customer_comes_in_from_elsewhere_all_the_same(client):
    complaint = make_complaint()
    for _ in range(11):
        try_it(client, complaint.code)
    right = secret_of(complaint.client_uuid)
    assert try_it(client, complaint.code, right, "198.51.100.1").status_code == 302


def test_a_number_that_does_not_exist_is_refused_in_the_same_words(client):
    pages = []
    for number, address in ((make_complaint().code, "192.0.2.7"), ("C-2026-9999", "198.51.100.1")):
        pages.append([try_it(client, number, address=address) for _ in range(11)][-1])
    assert [page.status_code for page in pages] == [429, 429]
    assert len({_MOVING.sub("", page.text) for page in pages}) == 1


def test_whoever_tries_many_numbers_is_stopped_as_a_network(client):
    tried = [
        try_it(client, f"C-2026-{9000 + each}", address=f"192.0.2.{each}").status_code
        for each in range(31)
    ]
    assert tried == [422] * 30 + [429]


def test_the_right_secret_counts_nothing(client):
    complaint = make_complaint()
    right = secret_of(complaint.client_uuid)
    assert {try_it(client, complaint.code, right).status_code for _ in range(40)} == {302}


def test_what_is_left_out_is_no_try(client):
    assert {try_it(client, "", "").status_code for _ in range(40)} == {422}


def test_the_same_person_sends_ten_a_day_and_loses_nothing(client):
    for _ in range(10):
        assert tell(client).post("/complain/check").status_code == 302
    page = tell(client).post("/complain/check")
    assert (page.status_code, Complaint.objects.count()) == (429, 10)
    assert int(page["Retry-After"]) > 0
    assert "什么都没有丢" in page.text
    assert page.context["answers"][0].words == "厨房漏水,地板泡坏了"


def test_an_office_behind_one_address_is_not_locked_out(client):
    for each in range(30):
        contact = {"phone": f"139 0000 {1000 + each}"}
        assert tell(client, contact=contact).post("/complain/check").status_code == 302
    assert Complaint.objects.count() == 30


def test_thirty_messages_an_hour_and_the_next_one_stays_typed(client):
    follow(client, make_complaint())
    sent = {"text": "", "client_uuid": "7f9d8c8e-8f9d-4f0e-9b1a-1c6d2a3b4c5d"}
    for _ in range(30):
        assert client.post("/track/write", sent).status_code == 422
    page = client.post("/track/write", sent | {"text": "还在漏啊"})
    assert (page.status_code, page.context["typed"]) == (429, ["还在漏啊"])
    assert int(page["Retry-After"]) > 0


def test_thirty_answers_an_hour_of_whatever_kind(client):
    follow(client, make_complaint())
    for way in ("answer", "reopen", "rate"):
        for _ in range(10):
            assert client.post(f"/track/{way}", {}).status_code == 422
    for way in ("answer", "reopen", "rate"):
        page = client.post(f"/track/{way}", {"comment": "先别", "reason": "还漏"})
        assert (page.status_code, int(page["Retry-After"]) > 0) == (429, True)
    assert page.context["typed"] == ["先别", "还漏"]


def test_pages_of_complaints_have_a_limit_and_nothing_typed_is_lost(client, monkeypatch):
    monkeypatch.setattr(limited, "TOLD_FROM", Limit("complaint.steps", 5, 3600))
    tell(client)
    page = client.post("/complain", {"text": "又漏了", "troubles": ["damage"]})
    assert (page.status_code, int(page["Retry-After"]) > 0) == (429, True)
    assert page.context["form"]["text"].value() == "又漏了"
    assert "什么都没有丢" in page.text
    assert client.post("/complain/photos", {}).status_code == 429


def test_photos_have_a_limit_of_their_own(client, monkeypatch):
    monkeypatch.setattr(limited, "PHOTOS_FROM", Limit("complaint.photos", 2, 3600))
    tell(client)
    photos = [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(3)]
    assert client.post("/complain/photos", {"photos": photos}).status_code == 429
