"""What was promised is done."""

import pytest

from tests.incidents.complaining import make_at
from tests.incidents.views.stepping import assert_done, assert_refused, stored, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(service):
    return make_at("accepted", service)


def test_it_is_noted_once(sign_in, complaint, service):
    client = sign_in(service)
    for _time in range(2):
        assert_done(client.post(url_of(complaint, "fulfil")), complaint, "offer.fulfilled")
    assert stored(complaint).state == "fulfilled"


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(sign_in, complaint, "fulfil", {}, readers=[auditor], outside=head_cleaning)


def test_where_nothing_was_accepted_it_says_so(sign_in, service):
    fresh = make_at("offered", service)
    assert sign_in(service).post(url_of(fresh, "fulfil")).status_code == 409
