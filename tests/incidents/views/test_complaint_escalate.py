"""It goes higher, with a reason."""

import pytest

from tests.incidents.complaining import make_at
from tests.incidents.views.stepping import assert_done, assert_refused, stored, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(service):
    return make_at("contacted", service)


def body(_complaint):
    return {"reason": "金额超权限"}


def test_it_is_done_and_said(sign_in, complaint, service):
    answer = sign_in(service).post(url_of(complaint, "escalate"), body(complaint))
    assert_done(answer, complaint, "complaint.escalated")


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(
        sign_in, complaint, "escalate", body(complaint), readers=[auditor], outside=head_cleaning
    )


def test_without_a_reason_it_stays(sign_in, complaint, service):
    page = sign_in(service).post(url_of(complaint, "escalate"), {"reason": " "})
    assert (page.status_code, stored(complaint).state) == (422, "contacted")


def test_before_anybody_called_there_is_nothing_to_pass_on(sign_in, service):
    fresh = make_at("received", service)
    client = sign_in(service)
    assert client.get(url_of(fresh, "escalate")).status_code == 302
    assert client.post(url_of(fresh, "escalate"), body(fresh)).status_code == 409
