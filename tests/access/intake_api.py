"""The addresses of complaints and incidents for programs, and what is sent to them."""

from decimal import Decimal

from django.utils import timezone

from incidents.models import Complaint, ContingencyActivation, Incident, Resolution, StatutoryClock
from incidents.services.activations import end_activation
from incidents.services.incident_steps import act_on_incident, investigate_incident
from incidents.services.statutory import answer_clock
from tests.access.incidents import BOOK, FIND_OUT, SEE_ONE, WHY, sorted_out
from tests.access.incidents import READ as READ_INCIDENTS
from tests.access.intake import FILE, HANDLE, READ, REVOKE, resumed
from tests.access.row import api
from tests.incidents.reporting import analyse


def handled(thing="complaint", status=400, who=HANDLE):
    """400: something is asked for; 428: the version that was read."""
    return api({"POST": {status: who}}, thing=thing, sees=READ)


def found_out(thing="incident", status=400, who=FIND_OUT, method="POST"):
    return api({method: {status: who}}, thing=thing, sees=SEE_ONE)


INTAKE_API = {
    "api:complaint_list": api({"GET": {200: READ}, "POST": {400: FILE}}),
    "api:complaint_detail": api({"GET": {200: READ}}, thing="complaint", sees=READ),
    "api:complaint_triage": handled(status=428),
    "api:complaint_take": handled(status=428),
    "api:complaint_contact": handled(),
    "api:complaint_note": handled(),
    "api:complaint_investigate": handled("contacted_complaint", 200),
    "api:complaint_pause": handled(),
    "api:complaint_resume": handled(status=200),
    "api:complaint_escalate": handled("contacted_complaint"),
    "api:complaint_end": handled(),
    "api:complaint_close": handled("fulfilled_complaint", 428),
    "api:complaint_reopen": handled("closed_complaint"),
    "api:complaint_offer_create": handled("contacted_complaint"),
    "api:complaint_offer_approve": handled("waiting_offer", who=REVOKE),
    "api:complaint_offer_revoke": handled("waiting_offer", who=REVOKE),
    "api:complaint_offer_answer": handled("offered_complaint"),
    "api:complaint_offer_fulfil": handled("accepted_complaint"),
    "api:complaint_risk_detail": api({"PATCH": {400: HANDLE}}, thing="complaint_risk", sees=READ),
    "api:incident_list": api({"GET": {200: READ_INCIDENTS}, "POST": {400: FILE}}),
    "api:incident_detail": api({"GET": {200: SEE_ONE}}, thing="incident", sees=SEE_ONE),
    "api:incident_triage": found_out(status=428),
    "api:incident_advance": found_out(),
    "api:incident_close": found_out(status=428),
    "api:incident_analysis": found_out(status=428, method="PUT"),
    "api:incident_risk_create": found_out(),
    "api:incident_risk_detail": found_out("incident_risk", method="PATCH"),
    "api:incident_risk_remove": found_out("incident_risk"),
    "api:incident_fact_create": found_out(),
    "api:incident_fact_withdraw": found_out("incident_fact"),
    "api:incident_loss_create": found_out(who=BOOK),
    "api:incident_loss_detail": api(
        {"GET": {200: SEE_ONE}, "PUT": {428: BOOK}}, thing="loss", sees=SEE_ONE
    ),
    "api:incident_loss_withdraw": found_out("loss", who=BOOK),
}


def offer_of(thing, **fields):
    """The number of the last offer of that complaint."""

    def sent(world):
        complaint = Complaint.objects.get(code=world.value(thing, "own"))
        return {"offer": Resolution.objects.filter(complaint=complaint).latest("pk").pk, **fields}

    return sent


def to_close(world):
    """Everything that its closing asks for is there."""
    manager = world.people["manager"]
    incident = Incident.objects.get(code=world.value("incident", "own"))
    run = ContingencyActivation.objects.get(pk=world.value("activation", "own"))
    end_activation(run, by=manager, summary="人已送医")
    clock = StatutoryClock.objects.get(pk=world.value("clock", "own"))
    answer_clock(clock, by=manager, answer="not_applicable", reason="没有保单")
    sorted_out(world)
    analyse(incident, manager)
    investigate_incident(incident, by=manager)
    act_on_incident(incident, by=manager)
    return {}


def today():
    return timezone.localdate().isoformat()


SENT_TO_INTAKE_API = {
    "api:complaint_list": lambda _world: {"text": "客户来电", "channel": "phone"},
    "api:complaint_triage": lambda _world: {"category": "damage_water", "severity": "S2"},
    "api:complaint_contact": lambda _world: {"text": "已致电"},
    "api:complaint_note": lambda _world: {"text": "注意"},
    "api:complaint_resume": resumed,
    "api:complaint_end": lambda _world: {"state": "withdrawn", "reason": "撤回"},
    "api:complaint_close": lambda world: {
        "root_cause": "老化", "risks": [world.value("risk", "own")], "category": "damage_water",
    },
    "api:complaint_offer_create": lambda _world: {"kind": "redo", "text": "返工"},
    "api:complaint_offer_approve": offer_of("waiting_offer"),
    "api:complaint_offer_revoke": offer_of("waiting_offer", reason="太多"),
    "api:complaint_offer_answer": offer_of("offered_complaint", accepted=True),
    "api:complaint_offer_fulfil": offer_of("accepted_complaint"),
    "api:complaint_risk_detail": lambda _world: {"known_before": False},
    "api:incident_list": lambda _world: {
        "text": "扶手松动", "kind": "hazard", "department": "CLEAN",
        "occurred_at": timezone.now().isoformat(),
    },
    "api:incident_triage": lambda world: {
        "kind": "accident", "potential_severity": 3, "investigator": world.people["head"].username,
    },
    "api:incident_advance": sorted_out,
    "api:incident_close": to_close,
    "api:incident_analysis": lambda _world: {"whys": ["灯坏了"], "root_cause": "没人检查"},
    "api:incident_risk_create": lambda world: {
        "risk": world.value("risk", "own"), "known_before": True,
    },
    "api:incident_risk_detail": lambda _world: {"known_before": False},
    "api:incident_fact_create": lambda _world: {
        "at": timezone.now().isoformat(), "text": "呼叫 120",
    },
    "api:incident_loss_create": lambda _world: {
        "kind": "damage", "amount": str(Decimal(800)), "booked_on": today(),
    },
    "api:incident_loss_detail": lambda _world: {"amount": "750", "booked_on": today()},
    **dict.fromkeys(
        ("api:complaint_pause", "api:complaint_escalate", "api:complaint_reopen",
         "api:incident_risk_remove", "api:incident_fact_withdraw", "api:incident_loss_withdraw"),
        lambda _world: WHY,
    ),
    **dict.fromkeys(("api:complaint_take", "api:complaint_investigate"), lambda _world: {}),
}  # fmt: skip
