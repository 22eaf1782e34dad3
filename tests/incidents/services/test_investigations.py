from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.models import ReassessmentTask
from incidents.models import IncidentRisk
from incidents.services.injuries import record_injury
from incidents.services.investigations import (
    analyse_incident,
    correct_incident_risk,
    edit_incident,
    link_incident_risk,
    unlink_incident_risk,
)
from incidents.services.lasting import IncidentOver
from riskhub.audit.versions import StaleVersion
from tests.incidents.reporting import analyse, make_incident, make_incident_at
from tests.registers.audit import Trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(clean, risk_manager):
    return make_incident(clean, risk_manager)


def test_facts_are_corrected_and_the_words_of_the_reporter_stay(incident, risk_manager):
    edited = edit_incident(
        incident, by=risk_manager, version=1, place="卧室", order_ref="DD-1", text="别的"
    )
    assert (edited.place, edited.order_ref, edited.text) == ("卧室", "DD-1", incident.text)
    with pytest.raises(StaleVersion):
        edit_incident(incident, by=risk_manager, version=1, place="厨房")


def test_it_did_not_happen_after_it_was_reported(incident, risk_manager):
    later = timezone.now() + timedelta(days=1)
    with pytest.raises(ValidationError) as refusal:
        edit_incident(incident, by=risk_manager, version=1, occurred_at=later)
    assert [*refusal.value.message_dict] == ["occurred_at"]


def test_why_and_why_that(incident, risk_manager):
    trail = Trail()
    found = analyse(incident, risk_manager, whys=["  灯坏了 ", "", "没人检查"])
    assert (found.whys, found.root_cause) == (["灯坏了", "没人检查"], "没有检查制度")
    assert trail.only("incidents_incident").action == "incident.analysed"


def test_at_most_seven_whys(incident, risk_manager):
    with pytest.raises(ValidationError, match="最多 7"):
        analyse(incident, risk_manager, whys=["为什么"] * 8)
    assert len(analyse(incident, risk_manager, whys=["为什么"] * 7).whys) == 7


def test_twelve_incidents_ask_once_for_the_risk_to_be_judged_again(clean, risk_manager, risk):
    made = [make_incident(clean, risk_manager) for _ in range(12)]
    for one in made:
        link = link_incident_risk(one, risk, by=risk_manager, known_before=False)
    task = ReassessmentTask.objects.get()
    assert (task.risk, task.reason, task.ref, task.state) == (
        risk, "incident", f"incident:{made[0].code}", "open",
    )  # fmt: skip
    assert (link.known_before, link.confirmed_by) == (False, risk_manager)


def test_the_same_risk_is_linked_once(incident, risk_manager, risk):
    links = {
        link_incident_risk(incident, risk, by=risk_manager, known_before=known)
        for known in (True, False)
    }
    assert [one.known_before for one in links] == [True]


def test_another_risk_takes_its_place(incident, risk_manager, risk):
    link = link_incident_risk(incident, risk, by=risk_manager, known_before=True)
    with pytest.raises(ValidationError, match="写明原因"):
        unlink_incident_risk(link, by=risk_manager, reason=" ")
    trail = Trail()
    unlink_incident_risk(link, by=risk_manager, reason="是另一项")
    assert trail.only("incidents_incidentrisk").reason == "是另一项"
    assert not IncidentRisk.objects.exists()
    assert ReassessmentTask.objects.get().state == "open"


def test_whether_it_was_known_is_corrected(incident, risk_manager, risk):
    link = link_incident_risk(incident, risk, by=risk_manager, known_before=True)
    correct_incident_risk(link, by=risk_manager, known_before=False)
    assert [one.known_before for one in IncidentRisk.objects.all()] == [False]


def test_what_is_over_stays_as_it_is(clean, risk_manager, risk):
    closed = make_incident_at("closed", clean, risk_manager, risk)
    for late in (
        lambda: analyse_incident(
            closed, by=risk_manager, whys=[], root_cause="", lessons="", version=None
        ),
        lambda: record_injury(closed, by=risk_manager, role="staff"),
        lambda: correct_incident_risk(closed.risk_links.get(), by=risk_manager, known_before=False),
        lambda: unlink_incident_risk(closed.risk_links.get(), by=risk_manager, reason="x"),
    ):
        with pytest.raises(IncidentOver):
            late()
