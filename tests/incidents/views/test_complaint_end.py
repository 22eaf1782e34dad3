"""It ends without an offer."""

import pytest

from tests.incidents.complaining import make_at
from tests.incidents.views.stepping import assert_done, assert_refused, stored, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(service):
    return make_at("received", service)


def body(_complaint):
    return {"state": "withdrawn", "reason": "客户撤回"}


def test_it_is_done_and_said(sign_in, complaint, service):
    answer = sign_in(service).post(url_of(complaint, "end"), body(complaint))
    assert_done(answer, complaint, "complaint.withdrawn")


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(
        sign_in, complaint, "end", body(complaint), readers=[auditor], outside=head_cleaning
    )


def test_a_reason_and_one_of_the_two_ways_are_asked_for(sign_in, complaint, service):
    client = sign_in(service)
    for sent in ({"state": "withdrawn", "reason": ""}, {"state": "closed", "reason": "算了"}):
        assert client.post(url_of(complaint, "end"), sent).status_code == 422
    client.post(url_of(complaint, "end"), {"state": "invalid", "reason": "不是我们的订单"})
    assert (stored(complaint).state, stored(complaint).closed_reason) == (
        "invalid", "不是我们的订单",
    )  # fmt: skip
