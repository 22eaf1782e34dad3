"""Messages of the customer on the page of their complaint."""

from uuid import uuid4

import pytest

from incidents.models import ComplaintMessage
from incidents.services.handling import end_complaint, pause_complaint
from tests.incidents.complaining import make_complaint
from tests.incidents.views.following import STATUS, follow

pytestmark = pytest.mark.django_db
URL = "/track/write"


def typed(text="还在漏", **changed):
    return {"text": text, "client_uuid": str(uuid4())} | changed


def test_it_stands_on_the_page_once_however_often_it_is_sent(client):
    follow(client, make_complaint())
    sent = typed()
    answers = [client.post(URL, sent), client.post(URL, sent)]
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, STATUS)] * 2
    assert client.get(STATUS).text.count("还在漏") == 1


def test_the_page_brings_the_key_of_the_form(client):
    page = follow(client, make_complaint()).get(STATUS)
    key = page.context["writing"]["client_uuid"].value()
    assert str(key) in page.text
    assert client.get(STATUS).context["writing"]["client_uuid"].value() != key


@pytest.mark.parametrize("text", ["", " \u200b", "漏" * 2001])
def test_what_is_wrong_is_said_and_stays_typed(client, text):
    follow(client, make_complaint())
    page = client.post(URL, typed(text))
    assert (page.status_code, [*page.context["writing"].errors]) == (422, ["text"])
    assert page.context["writing"]["text"].value() == text


def test_other_words_in_a_form_that_was_sent_are_sent_by_pressing_once_more(client):
    follow(client, make_complaint())
    sent = typed()
    client.post(URL, sent)
    page = client.post(URL, sent | {"text": "还有一件事"})
    assert page.status_code == 422
    key = page.context["writing"]["client_uuid"].value()
    assert client.post(URL, {"text": "还有一件事", "client_uuid": key}).status_code == 302
    assert ComplaintMessage.objects.count() == 2


def test_while_it_waits_for_the_customer_the_form_is_open(client, service):
    complaint = make_complaint()
    pause_complaint(complaint, by=service, reason="要发票")
    assert 'id="write-to-us" open' in follow(client, complaint).get(STATUS).text
    client.post(URL, typed())
    assert 'id="write-to-us" open' not in client.get(STATUS).text


def test_once_it_is_over_it_says_so_and_shows_what_was_typed(client, service):
    complaint = make_complaint()
    follow(client, complaint)
    end_complaint(complaint, by=service, state="withdrawn", reason="客户撤回")
    page = client.post(URL, typed("还在漏啊"))
    assert (page.status_code, page.context["typed"]) == (409, ["还在漏啊"])
    assert "投诉已经结束" in page.text
    assert "writing" not in page.context


def test_after_two_hours_nothing_typed_is_lost(client):
    page = client.post(URL, typed("还在漏"))
    assert (page.status_code, page.context["typed"]) == (403, ["还在漏"])
    assert "页面打开太久了" in page.text
    assert ComplaintMessage.objects.count() == 0
