"""An offer is accepted or declined by its customer."""

import pytest

from incidents.services import CUSTOMER
from incidents.services.offers import answer_offer
from riskhub.audit.models import AuditEvent
from tests.incidents.complaining import contact, make_at, make_complaint, offer
from tests.incidents.views.following import STATUS, follow

pytestmark = pytest.mark.django_db
URL = "/track/answer"


def typed(answer="accepted", **changed):
    return {"offer": "1", "answer": answer, "comment": "好的"} | changed


@pytest.mark.parametrize("answer", ["accepted", "declined"])
def test_the_answer_and_what_is_said_with_it_are_kept(client, service, answer):
    complaint = make_at("offered", service)
    follow(client, complaint)
    sent = client.post(URL, typed(answer))
    assert (sent.status_code, sent["Location"]) == (302, STATUS)
    complaint.refresh_from_db()
    kept = complaint.offers.get()
    assert (complaint.state, kept.answer, kept.answer_text) == (answer, answer, "好的")
    event = AuditEvent.objects.filter(object_type="incidents_resolution").latest("pk")
    assert (event.action, event.actor_id) == (f"offer.{answer}", None)
    assert "answering" not in client.get(STATUS).context


def test_pressed_twice_it_is_one_answer(client, service):
    follow(client, make_at("offered", service))
    assert [client.post(URL, typed()).status_code for _ in range(2)] == [302, 302]


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [("accepted", "declined", "你之前已接受"), ("declined", "accepted", "你之前没有接受")],
)
def test_the_other_answer_in_a_second_tab_is_told_what_was_said_before(
    client, service, first, then, words
):
    follow(client, make_at("offered", service))
    client.post(URL, typed(first))
    page = client.post(URL, typed(then))
    assert page.status_code == 409
    assert words in page.text
    assert "好的" in page.context["typed"]


def test_an_offer_that_does_not_stand_any_more_is_not_answered(client, service):
    complaint = make_at("offered", service)
    follow(client, complaint)
    type(complaint).objects.filter(pk=complaint.pk).update(state="escalated")
    page = client.post(URL, typed())
    assert page.status_code == 409
    assert "已经不算数" in page.text
    assert complaint.offers.get().answer == "none"


def test_an_offer_that_waits_for_approval_is_not_there_to_be_answered(client, service):
    complaint = make_at("contacted", service)
    hidden = offer(complaint, service, amount=9_000)
    page = follow(client, complaint).get(STATUS)
    assert "answering" not in page.context
    assert client.post(URL, typed()).status_code == 409
    hidden.refresh_from_db()
    assert hidden.answer == "none"


def test_of_two_offers_the_one_that_the_page_shows_is_answered(client, service):
    complaint = make_at("offered", service)
    answer_offer(complaint.offers.get(), by=CUSTOMER, accepted=False)
    complaint.refresh_from_db()
    second = offer(complaint, service, text="再赔一百")
    page = follow(client, complaint).get(STATUS)
    assert page.context["answering"]["offer"].value() == 2
    client.post(URL, typed(offer="2"))
    second.refresh_from_db()
    assert second.answer == "accepted"


@pytest.mark.parametrize(
    "wrong", [{"answer": "maybe"}, {"offer": "x"}, {"offer": "0"}, {"comment": "好" * 1001}]
)
def test_what_is_wrong_is_said(client, service, wrong):
    complaint = make_at("offered", service)
    page = follow(client, complaint).post(URL, typed() | wrong)
    assert (page.status_code, [*page.context["answering"].errors]) == (422, [*wrong])


def test_without_an_open_page_nothing_is_answered(client, service):
    complaint = make_complaint()
    contact(complaint, service)
    page = client.post(URL, typed())
    assert (page.status_code, page.context["typed"]) == (403, ["好的"])
