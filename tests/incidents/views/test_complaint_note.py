"""A note that no customer reads."""

import pytest

from incidents.services.handling import end_complaint
from tests.incidents.complaining import make_at
from tests.incidents.views.stepping import assert_refused, keyed, last_action, stored, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(service):
    return make_at("received", service)


def body(_complaint):
    return keyed(text="客户情绪激动")


def test_it_is_done_and_said(sign_in, complaint, service):
    answer = sign_in(service).post(url_of(complaint, "note"), body(complaint))
    assert (answer.status_code, answer.url) == (302, complaint.get_absolute_url())
    assert last_action(complaint.messages.get()) == "complaint.noted"


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(
        sign_in, complaint, "note", body(complaint), readers=[auditor], outside=head_cleaning
    )


def test_it_stops_no_clock_and_stands_on_what_is_over_too(sign_in, complaint, service):
    end_complaint(complaint, by=service, state="invalid", reason="重复")
    client = sign_in(service)
    assert client.get(url_of(complaint, "note")).status_code == 200
    client.post(url_of(complaint, "note"), body(complaint))
    assert complaint.messages.get().direction == "internal"
    assert stored(complaint).first_contact_at is None
