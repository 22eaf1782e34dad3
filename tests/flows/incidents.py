"""The form for incidents, its receipts, and the page of one."""

from uuid import uuid4

from assessments.models import Action
from incidents.models import IncidentKind
from incidents.services.incidents import Seen, report_incident
from registers.receipts import receipt_of
from riskhub.accounts.models import User
from tests.access.entered import find_out
from tests.flows.marked import marked_incident
from tests.flows.stops import Stop

FIGURES = "4711 8642"
"""Text in no language."""
_STEPS = (
    "incident_triage", "incident_merge", "incident_edit", "incident_analyse", "incident_link",
    "clock_create", "fact_create", "injury_create", "loss_create", "measure_link",
)  # fmt: skip
_PIECES = {
    "activation": ["response_end"],
    "incident_fact": ["fact_withdraw"],
    "injury": ["injury_edit", "injury_remove"],
    "incident_risk": ["link_edit", "link_end"],
    "measure": ["measure_end"],
    "clock": ["clock_answer"],
    "loss": ["loss_edit", "loss_withdraw"],
}


def incidents():
    staff = User.objects.get(username="staff.cleaning")
    seen = _seen(staff, "accident", hurt=["customer"])
    incident, _new = report_incident(seen, by=staff)
    near = _seen(staff, "near_miss", is_anonymous=True)
    report_incident(near, by=staff)
    yield Stop("incidents:incident_create", "staff.cleaning")
    yield Stop("web:phone_outbox", "staff.cleaning")
    yield Stop("incidents:incident_receipt", "staff.cleaning", incident.code)
    yield Stop("incidents:incident_receipt", "staff.repair", receipt_of(near.client_uuid))
    yield Stop("incidents:incident_list", query="?q=nothing+is+called+so")
    for who in ("risk.manager", "auditor"):
        yield Stop("incidents:incident_list", who)
        yield Stop("incidents:incident_detail", who, incident.code)
    for name in _STEPS:
        yield Stop(f"incidents:{name}", key=incident.code)
    manager = User.objects.get(username="risk.manager")
    action = Action.objects.earliest("pk")
    found = find_out(incident, action.plan.risk, action, by=manager)
    for who in ("risk.manager", "auditor"):
        yield Stop("incidents:statutory_list", who)
        yield Stop("incidents:response_detail", who, incident.code)
    yield Stop("incidents:response_choose", "staff.cleaning", "CP-01")
    yield Stop("incidents:statutory_edit", key="insurer_notice")
    marked = marked_incident()
    for who in ("risk.manager", "auditor"):
        yield Stop("incidents:incident_detail", who, marked.code)
    yield Stop("incidents:incident_analyse", key=marked.code)
    yield Stop("incidents:response_detail", key=marked.code)
    for thing, names in _PIECES.items():
        for name in names:
            yield Stop(f"incidents:{name}", key=found[thing])


def _seen(staff, kind, **fields):
    return Seen(
        client_uuid=uuid4(), text=FIGURES, kind=IncidentKind.objects.get(code=kind),
        department=staff.department, **fields,
    )  # fmt: skip
