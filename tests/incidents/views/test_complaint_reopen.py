"""A closed complaint is taken up again, within a month."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.incidents.complaining import make_closed, make_complaint
from tests.incidents.views.stepping import assert_done, assert_refused, stored, url_of

pytestmark = pytest.mark.django_db

BODY = {"reason": "又漏水了"}


@pytest.fixture
def complaint(service, risk):
    return make_closed(service, risk)


def test_it_is_done_and_said(sign_in, complaint, service):
    answer = sign_in(service).post(url_of(complaint, "reopen"), BODY)
    assert_done(answer, complaint, "complaint.reopened")
    assert stored(complaint).state == "investigating"


def test_later_it_is_refused_with_what_to_do_instead(sign_in, complaint, service):
    later = timezone.now() + timedelta(days=31)
    with time_machine.travel(later, tick=False):
        answer = sign_in(service).post(url_of(complaint, "reopen"), BODY)
    assert (answer.status_code, "30 天" in answer.text) == (409, True)


def test_what_is_open_is_not_reopened(sign_in, service):
    fresh = make_complaint()
    assert sign_in(service).get(url_of(fresh, "reopen")).status_code == 302
    assert sign_in(service).post(url_of(fresh, "reopen"), BODY).status_code == 409


def test_not_by_whoever_only_reads_it_nor_by_others(sign_in, complaint, auditor, head_cleaning):
    assert_refused(sign_in, complaint, "reopen", BODY, readers=[auditor], outside=head_cleaning)
