"""To which incidents a reminder applies, and from when its hours count."""

from datetime import UTC, datetime, timedelta

import pytest

from incidents.models import Incident, IncidentKind, StatutoryRule
from incidents.statutory.matching import applies, due_of

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def rule(**fields):
    return StatutoryRule(**{"hours": 48, "begins": "reported"} | fields)


def incident(**fields):
    facts = {"occurred_at": NOW - timedelta(hours=5), "reported_at": NOW} | fields
    return Incident(kind=IncidentKind(code="accident"), **facts)


@pytest.mark.parametrize(
    ("asks", "severity", "hurt", "wanted"),
    [
        ({}, 5, ["staff"], False),
        ({"kinds": ["accident"]}, None, [], True),
        ({"kinds": ["outage"]}, 5, ["staff"], False),
        ({"hurt": ["staff"]}, None, ["customer", "staff"], True),
        ({"hurt": ["staff"]}, None, ["customer"], False),
        ({"least_severity": 3}, 3, [], True),
        ({"least_severity": 3}, 2, [], False),
        ({"least_severity": 3}, None, [], False),
        ({"kinds": ["accident"], "hurt": ["staff"]}, None, [], False),
    ],
)
def test_all_that_it_names_has_to_fit(asks, severity, hurt, wanted):
    assert applies(rule(**asks), incident(actual_severity=severity), hurt) == wanted


@pytest.mark.parametrize(("begins", "since"), [("reported", 0), ("occurred", 5)])
def test_hours_count_from_the_report_or_from_the_event(begins, since):
    remind_at, due_at = due_of(rule(begins=begins), incident())
    assert due_at == NOW + timedelta(hours=48 - since)
    assert due_at - remind_at == timedelta(hours=12)
