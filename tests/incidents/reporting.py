"""Incidents as tests need them: reported, and as far as a state."""

from uuid import uuid4

from incidents.models import IncidentKind, StatutoryRule
from incidents.services.incident_steps import (
    act_on_incident,
    close_incident,
    investigate_incident,
    triage_incident,
)
from incidents.services.incidents import Seen, report_incident
from incidents.services.investigations import analyse_incident, link_incident_risk
from incidents.services.statutory import confirm_rule

STEPS = ("reported", "triaged", "investigating", "actions", "closed")


def kind_of(code):
    return IncidentKind.objects.get(code=code)


def seen(department, text="老人起夜时滑倒", *, kind="accident", **fields):
    return Seen(
        client_uuid=fields.pop("client_uuid", None) or uuid4(), text=text, kind=kind_of(kind),
        department=department, **fields,
    )  # fmt: skip


def make_incident(department, by, text="老人起夜时滑倒", **fields):
    return report_incident(seen(department, text, **fields), by=by)[0]


def confirmed(by, *codes):
    """These reminders are on."""
    return [
        confirm_rule(StatutoryRule.objects.get(code=code), by=by, version=None) for code in codes
    ]


def triage(incident, by, **fields):
    facts = {"kind": incident.kind, "potential_severity": 4, "investigator": by} | fields
    return triage_incident(incident, by=by, **facts)


def analyse(incident, by, **fields):
    facts = {"whys": ["灯坏了", "没人检查"], "root_cause": "没有检查制度", "lessons": ""} | fields
    return analyse_incident(incident, by=by, version=None, **facts)


def make_incident_at(state, department, by, risk):
    """An incident that has come so far, in the usual way."""
    incident = make_incident(department, by)
    steps = {
        "triaged": lambda: triage(incident, by),
        "investigating": lambda: investigate_incident(incident, by=by),
        "actions": lambda: act_on_incident(incident, by=by),
        "closed": lambda: _close(incident, risk, by),
    }
    for name in STEPS[1 : STEPS.index(state) + 1]:
        steps[name]()
        incident.refresh_from_db()
    assert incident.state == state
    return incident


def _close(incident, risk, by):
    analyse(incident, by)
    link_incident_risk(incident, risk, by=by, known_before=True)
    close_incident(incident, by=by)
