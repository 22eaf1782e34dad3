"""Who sees incidents and who may do what with them."""

from uuid import uuid4

import pytest

from incidents.incidents.permissions import (
    can_book_loss,
    can_investigate,
    can_read_incidents,
    can_report_incident,
    may_investigate,
)
from incidents.models import Incident
from incidents.services.incident_steps import merge_incident
from riskhub.company.models import CompanySetting
from tests.cast import make_user
from tests.incidents.reporting import make_incident, make_incident_at, triage

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, staff_cleaning):
    return make_incident(clean, staff_cleaning)


@pytest.fixture
def finance(db):
    return make_user("finance", "钱会计", "finance")


def sees(user):
    return Incident.objects.visible_to(user).exists()


def test_readers_of_the_company_see_all(incident, risk_manager, auditor, approver, finance):
    assert all(sees(one) for one in (risk_manager, auditor, approver, finance))


def test_a_head_sees_those_of_the_department_alone(incident, head_cleaning, head_repair):
    assert (sees(head_cleaning), sees(head_repair)) == (True, False)


def test_staff_see_what_they_reported_or_look_into(
    incident, staff_cleaning, clean, risk_manager, staff_repair
):
    colleague = make_user("colleague", "刘洋", "staff", clean)
    assert [sees(one) for one in (staff_cleaning, colleague, staff_repair)] == [True, False, False]
    triage(incident, risk_manager, investigator=colleague)
    assert (sees(colleague), may_investigate(colleague, incident)) == (True, True)


def test_without_a_name_its_reporter_does_not_see_it(clean, staff_cleaning):
    make_incident(clean, staff_cleaning, kind="near_miss", is_anonymous=True, client_uuid=uuid4())
    assert not sees(staff_cleaning)


def test_the_duty_manager_sees_all(incident, staff_repair):
    CompanySetting.objects.create(key="duty_manager", value=staff_repair.pk)
    assert sees(staff_repair)


def test_who_has_a_list_and_who_reports(staff_cleaning, auditor, head_cleaning, outsider):
    people = (staff_cleaning, auditor, head_cleaning, outsider)
    assert [can_read_incidents(one) for one in people] == [False, True, True, False]
    assert [can_report_incident(one) for one in people] == [True, False, True, False]


def test_who_looks_into_it(
    incident, risk_manager, head_cleaning, head_repair, staff_cleaning, auditor, finance
):
    people = (risk_manager, head_cleaning, head_repair, staff_cleaning, auditor, finance)
    may = [can_investigate(one, incident) for one in people]
    assert may == [True, True, False, False, False, False]
    incident.investigator = auditor
    assert not may_investigate(auditor, incident)


def test_once_it_is_closed_only_losses_go_on(clean, risk_manager, risk, finance):
    closed = make_incident_at("closed", clean, risk_manager, risk)
    assert not can_investigate(risk_manager, closed)
    assert [can_book_loss(one, closed) for one in (risk_manager, finance)] == [True, True]


def test_on_what_was_reported_twice_nothing_is_booked(incident, clean, risk_manager, head_repair):
    assert not can_book_loss(head_repair, incident)
    double = make_incident(clean, risk_manager)
    merge_incident(double, by=risk_manager, same_as=incident)
    assert not can_book_loss(risk_manager, double)
