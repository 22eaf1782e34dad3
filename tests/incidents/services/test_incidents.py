from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from incidents.models import Incident
from incidents.services.incidents import report_incident
from riskhub.audit.models import AuditEvent
from riskhub.entry.repeats import KeyReused
from tests.incidents.reporting import make_incident, seen
from tests.registers.audit import Trail

pytestmark = pytest.mark.django_db


def test_it_gets_the_next_number_of_its_year(clean, staff_cleaning):
    with time_machine.travel(datetime(2026, 12, 31, 15, 59, tzinfo=UTC), tick=False):
        first, second = (make_incident(clean, staff_cleaning) for _ in range(2))
    with time_machine.travel(datetime(2026, 12, 31, 16, tzinfo=UTC), tick=False):
        third = make_incident(clean, staff_cleaning)
    codes = [one.code for one in (first, second, third)]
    assert codes == ["I-2026-0001", "I-2026-0002", "I-2027-0001"]


def test_what_was_said_is_kept_with_who_said_it(clean, staff_cleaning):
    trail = Trail()
    incident = make_incident(
        clean, staff_cleaning, place="卫生间", hurt=["staff", "staff", "third"]
    )
    assert (incident.state, incident.reporter, incident.place) == (
        "reported", staff_cleaning, "卫生间",
    )  # fmt: skip
    assert (incident.actual_severity, incident.potential_severity) == (None, None)
    people = incident.injured.order_by("pk").values_list("role", "severity", "days_lost")
    assert [*people] == [(role, None, None) for role in ("staff", "staff", "third")]
    assert trail.only("incidents_incident").action == "incident.reported"


def test_the_same_form_sent_again_is_the_same_incident(clean, staff_cleaning):
    key = uuid4()
    first, is_new = report_incident(seen(clean, client_uuid=key), by=staff_cleaning)
    again, is_again_new = report_incident(seen(clean, client_uuid=key), by=staff_cleaning)
    assert (first, is_new, again, is_again_new) == (again, True, first, False)
    with pytest.raises(KeyReused):
        report_incident(seen(clean, "别的事", client_uuid=key), by=staff_cleaning)


def test_a_form_that_comes_twice_at_once_is_one(clean, staff_cleaning, monkeypatch):
    """Both looked before either stood there: the second one finds the first."""
    key, looked = uuid4(), []
    first = make_incident(clean, staff_cleaning, client_uuid=key)
    kept_before = report_incident.__globals__["_kept_before"]

    def too_early(incident, told):
        looked.append(incident)
        return kept_before(incident, told) if len(looked) > 1 else None

    monkeypatch.setattr("incidents.services.incidents._kept_before", too_early)
    again = report_incident(seen(clean, client_uuid=key), by=staff_cleaning)
    assert (again, len(looked)) == ((first, False), 2)


def test_a_near_miss_without_a_name_leads_to_nobody(clean, staff_cleaning):
    told = seen(clean, kind="near_miss", is_anonymous=True)
    incident, _new = report_incident(told, by=staff_cleaning)
    assert (incident.reporter, incident.is_anonymous, incident.told_by) == (None, True, "未留姓名")
    assert incident.client_uuid != told.client_uuid
    events = AuditEvent.objects.filter(action="incident.reported")
    assert {(one.actor_id, one.ip_prefix) for one in events} == {(None, "")}
    assert report_incident(told, by=staff_cleaning) == (incident, False)


def test_who_is_named_is_told(clean, staff_cleaning):
    assert make_incident(clean, staff_cleaning).told_by == "王芳"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"is_anonymous": True}, "is_anonymous"),
        ({"hurt": ["dog"]}, "hurt"),
        ({"text": " "}, "text"),
    ],
)
def test_what_is_refused(clean, staff_cleaning, fields, name):
    with pytest.raises(ValidationError) as refusal:
        make_incident(clean, staff_cleaning, **fields)
    assert ([*refusal.value.message_dict], Incident.objects.count()) == ([name], 0)


def test_nothing_is_reported_before_it_happened(clean, staff_cleaning):
    later = timezone.now() + timedelta(minutes=6)
    with pytest.raises(ValidationError, match="还没到"):
        make_incident(clean, staff_cleaning, occurred_at=later)


def test_a_telephone_may_be_a_little_ahead(clean, staff_cleaning):
    soon = timezone.now() + timedelta(minutes=4)
    incident = make_incident(clean, staff_cleaning, occurred_at=soon)
    assert incident.occurred_at == incident.reported_at


def test_the_database_refuses_what_cannot_be(clean, staff_cleaning):
    incident = make_incident(clean, staff_cleaning)
    for name, wrong in {
        "incident_not_before_it_happened": {"occurred_at": timezone.now() + timedelta(days=1)},
        "incident_anonymous_has_no_reporter": {"is_anonymous": True},
        "incident_actual_one_to_five": {"actual_severity": 6},
        "incident_potential_one_to_five": {"potential_severity": 0},
        "incident_closed_has_cause_and_moment": {"closed_at": timezone.now()},
        "incident_duplicate_of_another": {"state": "duplicate", "duplicate_of": incident},
        "incident_text_not_blank": {"text": ""},
        "incident_closed_names_a_risk": {
            "state": "closed", "closed_at": timezone.now(), "root_cause": "灯坏了",
        },
    }.items():  # fmt: skip
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Incident.objects.filter(pk=incident.pk).update(**wrong)
