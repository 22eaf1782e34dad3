"""Somebody takes a complaint; who was faster has it."""

import pytest

from tests.incidents.complaining import make_complaint
from tests.incidents.views.stepping import assert_done, assert_refused, stored, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(db):
    return make_complaint()


def body(complaint):
    return {"row_version": complaint.row_version}


def test_it_is_done_and_said(sign_in, complaint, service):
    answer = sign_in(service).post(url_of(complaint, "take"), body(complaint))
    assert_done(answer, complaint, "complaint.taken")
    assert stored(complaint).handler == service


def test_pressed_twice_it_is_taken_once(sign_in, complaint, service):
    client, sent = sign_in(service), body(complaint)
    for _time in range(2):
        assert client.post(url_of(complaint, "take"), sent).status_code == 302
    assert stored(complaint).row_version == complaint.row_version + 1


def test_who_was_faster_has_it(sign_in, complaint, service, second_service):
    sent = body(complaint)
    sign_in(service).post(url_of(complaint, "take"), sent)
    assert sign_in(second_service).post(url_of(complaint, "take"), sent).status_code == 409
    assert sign_in(second_service).post(url_of(complaint, "take"), {}).status_code == 409
    assert stored(complaint).handler == service


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(
        sign_in, complaint, "take", body(complaint), readers=[auditor], outside=head_cleaning
    )


def test_one_press_in_the_queue(sign_in, complaint, service):
    page = sign_in(service).get("/incidents/complaints/")
    assert f'action="{url_of(complaint, "take")}"' in page.text


def test_the_queue_offers_no_step_to_whoever_only_reads_it(sign_in, complaint, auditor):
    (row,) = sign_in(auditor).get("/incidents/complaints/").context["rows"]
    assert (row.complaint, row.next) == (complaint, None)
