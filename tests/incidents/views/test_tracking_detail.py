"""How a complaint stands: plain words, and nothing that is internal or about a person."""

from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.models import ComplaintMessage
from incidents.services import CUSTOMER
from incidents.services.handling import (
    end_complaint,
    escalate_complaint,
    pause_complaint,
    take_complaint,
)
from incidents.services.offers import answer_offer
from riskhub.audit.context import acting
from riskhub.company.services import set_preference
from tests.incidents.complaining import CHEN, contact, make_at, make_closed, make_complaint, offer
from tests.incidents.views.following import STATUS, follow

pytestmark = pytest.mark.django_db


def add_internal(complaint, by):
    with acting(by, "complaint.contacted"):
        ComplaintMessage.objects.create(
            complaint=complaint,
            direction="internal",
            author=by,
            text="客户很难缠",
            client_uuid=uuid4(),
        )


def test_nobody_sees_it_without_its_secret(client):
    make_complaint()
    answer = client.get(STATUS)
    assert (answer.status_code, answer["Location"]) == (302, "/track")


def test_head_next_date_and_steps_stand_there(client, service):
    complaint = make_complaint(troubles=["hurt"], contact=CHEN)
    page = follow(client, complaint).get(STATUS)
    assert complaint.code in page.text
    assert page.context["story"].head in page.text
    assert page.context["story"].next in page.text
    assert page.text.count('aria-current="step"') == 1


def test_nothing_internal_and_nothing_personal_stands_there(client, service):
    complaint = make_complaint("地板泡坏了", troubles=["hurt"], contact=CHEN, order_ref="DD-4711")
    take_complaint(complaint, by=service)
    contact(complaint, service, "我们明天上门")
    escalate_complaint(complaint, by=service, reason="要经理决定")
    add_internal(complaint, service)
    offer(complaint, service, amount=9_000, text="赔九千")
    pause_complaint(complaint, by=service, reason="等发票")
    page = follow(client, complaint).get(STATUS).text
    assert "我们明天上门" in page
    hidden = ("客户很难缠", "要经理决定", "等发票", "赔九千", "吴敏", "S1", "DD-4711", "地板泡坏了",
              "陈静", "陈**", "5678", "chen@", "c***", str(complaint.client_uuid))  # fmt: skip
    assert [word for word in hidden if word in page] == []


def test_an_offer_is_there_once_it_was_put_to_the_customer(client, service):
    complaint = make_at("contacted", service)
    offer(complaint, service, amount=300, text="免费更换接口")
    page = follow(client, complaint).get(STATUS).text
    assert "免费更换接口" in page
    assert "300" in page


def test_after_two_hours_number_and_secret_are_asked_again(client):
    with time_machine.travel("2026-09-23T02:00:00Z", tick=False) as clock:
        follow(client, make_complaint())
        clock.shift(2 * 60 * 60)
        assert client.get(STATUS).status_code == 200
        clock.shift(1)
        assert client.get(STATUS)["Location"] == "/track"


def test_one_opened_does_not_open_another(client):
    first, second = make_complaint("一"), make_complaint("二")
    assert follow(client, first).get(STATUS).context["complaint"] == first
    assert follow(client, second).get(STATUS).context["complaint"] == second


def test_as_many_queries_for_three_messages_as_for_one(client, service, django_assert_num_queries):
    complaint = make_complaint()
    contact(complaint, service)
    follow(client, complaint).get(STATUS)
    with CaptureQueriesContext(connection) as one:
        client.get(STATUS)
    contact(complaint, service)
    contact(complaint, service)
    with django_assert_num_queries(len(one)):
        client.get(STATUS)


def test_the_page_is_small_and_asks_for_no_script(client):
    page = follow(client, make_complaint()).get(STATUS)
    assert len(page.content) < 14_000
    assert "data-hx-" not in page.text


def test_an_offer_says_by_when_we_ask_for_an_answer(client, service, risk_manager, time_machine):
    time_machine.move_to("2026-11-20T10:00+08:00", tick=True)
    complaint = make_at("offered", service)
    set_preference("offer_answer_days", 5, by=risk_manager)
    assert "请在11月25日前答复" in follow(client, complaint).get(STATUS).text
    answer_offer(complaint.offers.get(), by=CUSTOMER, accepted=True, text="")
    assert "请在" not in client.get(STATUS).text


@pytest.mark.parametrize(
    ("state", "way", "name", "field"),
    [
        ("offered", "answer", "answering", "comment"), ("contacted", "write", "writing", "text"),
        ("closed", "reopen", "reopening", "reason"),
    ],
)  # fmt: skip
def test_the_switch_of_the_language_keeps_what_was_typed(
    client, service, risk_manager, risk, state, way, name, field
):
    complaint = make_closed(risk_manager, risk) if state == "closed" else make_at(state, service)
    page = follow(client, complaint).get(STATUS)
    assert page.context["switch"] == way
    page = client.post(f"/track/{way}", {field: "还没说完", "language": "en"})
    assert (page.status_code, page.context[name][field].value()) == (200, "还没说完")
    assert "How far it is" in page.text
    assert not complaint.messages.filter(text="还没说完").exists()


def test_a_form_that_is_not_offered_any_more_is_not_shown_by_the_switch(client, service):
    follow(client, make_at("contacted", service))
    page = client.post("/track/answer", {"comment": "好", "language": "en"})
    assert (page.status_code, "answering" in page.context) == (200, False)


def test_where_nothing_is_typed_the_switch_stands_alone(client, service):
    complaint = make_at("contacted", service)
    end_complaint(complaint, by=service, state="withdrawn", reason="客户撤回")
    assert follow(client, complaint).get(STATUS).context["switch"] == ""
