"""Somebody looks into it."""

import pytest

from tests.incidents.complaining import make_at
from tests.incidents.views.stepping import assert_done, assert_refused, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(service):
    return make_at("contacted", service)


def body(_complaint):
    return {}


def test_it_is_done_and_said(sign_in, complaint, service):
    answer = sign_in(service).post(url_of(complaint, "investigate"), body(complaint))
    assert_done(answer, complaint, "complaint.investigated")


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(
        sign_in, complaint, "investigate", body(complaint), readers=[auditor], outside=head_cleaning
    )
