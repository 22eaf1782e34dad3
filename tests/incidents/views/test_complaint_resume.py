"""The clocks of a complaint go on."""

import pytest

from incidents.services.handling import pause_complaint
from tests.incidents.complaining import make_complaint
from tests.incidents.views.stepping import assert_done, assert_refused, stored, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(service):
    return pause_complaint(make_complaint(), by=service, reason="等照片")


def test_it_is_done_and_said(sign_in, complaint, service):
    answer = sign_in(service).post(url_of(complaint, "resume"))
    assert_done(answer, complaint, "complaint.resumed")
    assert stored(complaint).paused_at is None


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(sign_in, complaint, "resume", {}, readers=[auditor], outside=head_cleaning)
