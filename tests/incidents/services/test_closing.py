from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from incidents.complaints.clocks import Counted
from incidents.services import CUSTOMER
from incidents.services.closing import TooLate, close_complaint, rate_complaint, reopen_complaint
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.company.business_calendar import working_time
from tests.incidents.complaining import make_at, make_closed

pytestmark = pytest.mark.django_db


@pytest.fixture
def fulfilled(service):
    return make_at("fulfilled", service)


@pytest.fixture
def closed(risk, service):
    return make_closed(service, risk)


def test_it_is_closed_with_what_was_behind_it_and_the_risk_that_became_real(closed, risk, service):
    assert (closed.state, closed.root_cause) == ("closed", "密封圈老化")
    link = closed.risk_links.get()
    assert (link.risk, link.known_before, link.confirmed_by) == (risk, True, service)


def test_without_either_it_stays_open(fulfilled, service):
    with pytest.raises(ValidationError) as refusal:
        close_complaint(fulfilled, by=service, root_cause=" ", risks={})
    assert sorted(refusal.value.message_dict) == ["category", "risks", "root_cause"]


def test_before_the_offer_is_fulfilled_it_is_not_closed(risk, service):
    with pytest.raises(WrongState):
        close_complaint(
            make_at("accepted", service), by=service, root_cause="x", risks={risk: False}
        )


def test_who_saw_an_older_one_is_told(fulfilled, risk, service):
    with pytest.raises(StaleVersion):
        close_complaint(fulfilled, by=service, root_cause="x", risks={risk: True}, version=1)


def test_within_a_month_it_is_taken_up_again_by_the_customer_too(closed):
    with pytest.raises(ValidationError, match="哪里还没解决"):
        reopen_complaint(closed, by=CUSTOMER, reason="")
    opened = reopen_complaint(closed, by=CUSTOMER, reason="又漏水了")
    assert (opened.state, opened.closed_at) == ("investigating", None)


def test_later_a_new_one_is_made(closed):
    later = timezone.now() + timedelta(days=30, seconds=5)
    with time_machine.travel(later, tick=False), pytest.raises(TooLate):
        reopen_complaint(closed, by=CUSTOMER, reason="又漏水了")


@pytest.mark.parametrize("stars", [1, 5])
def test_the_customer_says_how_satisfied_they_are(closed, stars):
    assert rate_complaint(closed, by=CUSTOMER, stars=stars).satisfaction == stars


def test_not_beyond_the_scale_and_not_before_it_is_closed(closed, service):
    for complaint, stars in ((closed, 0), (closed, 6), (make_at("offered", service), 3)):
        with pytest.raises(ValidationError, match="1 到 5 分"):
            rate_complaint(complaint, by=CUSTOMER, stars=stars)


def test_what_the_customer_says_stands_among_the_messages_and_the_last_clock_begins_anew(closed):
    later = timezone.now() + timedelta(days=20)
    with time_machine.travel(later, tick=False):
        opened = reopen_complaint(closed, by=CUSTOMER, reason="又漏水了")
    said = opened.messages.get(direction="in")
    assert (said.text, said.author) == ("又漏水了", None)
    counted = Counted(opened.severity.clock, working_time())
    assert opened.close_due == counted.after(later, opened.severity.close)


def test_what_staff_open_again_is_no_message_of_the_customer(closed, service):
    due = closed.close_due
    opened = reopen_complaint(closed, by=service, reason="客户来电")
    assert not opened.messages.filter(direction="in").exists()
    assert opened.close_due >= due
