"""The addresses of incidents, and what is sent to them."""

from django.utils import timezone

from incidents.models import Incident
from incidents.services.incident_steps import triage_incident
from riskhub.accounts.models import Department
from tests.access.row import SIGNED_IN, page

FILE = ("ops_manager", "manager", "head", "staff", "service", "approver", "finance")
READ = ("ops_manager", "head", "manager", "approver", "finance", "auditor")
FIND_OUT = ("ops_manager", "head", "manager")
BOOK = (*FIND_OUT, "finance")
INCIDENT = {"thing": "incident", "sees": (*READ, "staff")}
INCIDENTS = {
    "incidents:incident_create": page({"GET": {200: FILE}, "POST": {422: FILE}}),
    "incidents:incident_receipt/code": page(
        {"GET": {200: ("staff",)}}, thing="incident", sees=("staff",)
    ),
    "incidents:incident_receipt/key": page(
        {"GET": {200: SIGNED_IN}}, thing="incident_key", sees=SIGNED_IN
    ),
    "incidents:incident_list": page({"GET": {200: READ}}, gate=READ),
    "incidents:incident_detail": page({"GET": {200: (*READ, "staff")}}, **INCIDENT),
    "incidents:incident_triage": page(
        {"GET": {200: FIND_OUT}, "POST": {422: FIND_OUT}}, **INCIDENT
    ),
    "incidents:incident_advance": page({"POST": {409: FIND_OUT}}, **INCIDENT),
    "incidents:incident_analyse": page(
        {"GET": {200: FIND_OUT}, "POST": {409: FIND_OUT}}, **INCIDENT
    ),
    "incidents:incident_link": page({"GET": {200: FIND_OUT}, "POST": {422: FIND_OUT}}, **INCIDENT),
    "incidents:loss_create": page({"GET": {200: BOOK}, "POST": {422: BOOK}}, **INCIDENT),
}


def reported(_world):
    return {
        "text": "扶手松动", "kind": "hazard",
        "department": str(Department.objects.get(code="CLEAN").pk),
        "occurred_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip


def sorted_out(world):
    """It is looked into from here on."""
    incident = Incident.objects.get(code=world.value("incident", "own"))
    manager = world.people["manager"]
    triage_incident(
        incident, by=manager, kind=incident.kind, potential_severity=3, investigator=manager
    )
    return {"to": "investigating"}


SENT_TO_INCIDENTS = {
    "incidents:incident_create": reported,
    "incidents:incident_triage": lambda world: {
        "kind": "accident", "potential_severity": "3", "investigator": str(world.people["head"].pk),
    },
    "incidents:incident_advance": sorted_out,
    "incidents:incident_analyse": lambda _world: {"root_cause": "灯坏了"},
    "incidents:incident_link": lambda world: {
        "risk": world.value("risk", "own"), "known_before": "yes",
    },
    "incidents:loss_create": lambda _world: {
        "kind": "damage", "amount": "800", "state": "estimate",
        "booked_on": timezone.localdate().isoformat(),
    },
}  # fmt: skip
