"""It waits for the customer."""

import pytest

from tests.incidents.complaining import make_at
from tests.incidents.views.stepping import assert_done, assert_refused, stored, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(service):
    return make_at("contacted", service)


def body(_complaint):
    return {"reason": "等客户发照片"}


def test_it_is_done_and_said(sign_in, complaint, service):
    answer = sign_in(service).post(url_of(complaint, "pause"), body(complaint))
    assert_done(answer, complaint, "complaint.paused")


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(
        sign_in, complaint, "pause", body(complaint), readers=[auditor], outside=head_cleaning
    )


def test_its_page_offers_to_let_the_clocks_go_on(sign_in, complaint, service):
    client = sign_in(service)
    client.post(url_of(complaint, "pause"), body(complaint))
    assert stored(complaint).paused_at is not None
    page = client.get(complaint.get_absolute_url())
    assert page.context["ways"].next.view == "complaint_resume"
