"""What the customer said about an offer is noted."""

import pytest

from incidents.services.handling import escalate_complaint
from tests.incidents.complaining import make_at, offer
from tests.incidents.views.stepping import assert_done, assert_refused, stored, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(service):
    return make_at("offered", service)


def body(complaint, accepted="yes"):
    shown = complaint.offers.latest("pk")
    return {"offer": shown.pk, "row_version": shown.row_version, "accepted": accepted, "text": "好"}


@pytest.mark.parametrize(("said", "state"), [("yes", "accepted"), ("no", "declined")])
def test_it_is_noted(sign_in, complaint, service, said, state):
    client = sign_in(service)
    assert "免费更换接口" in client.get(url_of(complaint, "answer")).text
    answer = client.post(url_of(complaint, "answer"), body(complaint, said))
    assert_done(answer, complaint, f"offer.{state}")
    assert stored(complaint).state == state


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(
        sign_in, complaint, "answer", body(complaint), readers=[auditor], outside=head_cleaning
    )


def test_the_answer_is_to_the_offer_that_the_page_showed(sign_in, complaint, service):
    sent = body(complaint)
    escalate_complaint(complaint, by=service, reason="客户要求主管")
    offer(complaint, service, text="另赔 300 元")
    assert sign_in(service).post(url_of(complaint, "answer"), sent).status_code == 409


def test_where_nothing_was_offered_it_says_so(sign_in, service):
    fresh = make_at("contacted", service)
    client = sign_in(service)
    assert client.get(url_of(fresh, "answer")).status_code == 302
    assert client.post(url_of(fresh, "answer"), {}).status_code == 409
