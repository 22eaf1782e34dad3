"""The addresses of incidents, and what is sent to them."""

from django.utils import timezone

from assessments.models import Action
from incidents.models import ContingencyActivation, Incident, StatutoryRule
from incidents.services.activations import end_activation
from incidents.services.incident_steps import triage_incident
from incidents.services.investigations import link_incident_risk
from incidents.services.measures import unlink_measure
from incidents.services.statutory import stop_rule
from riskhub.accounts.models import Department
from tests.access.intake import CLOCKS, READ_CLOCKS
from tests.access.records import RECORDS, SENT_TO_RECORDS
from tests.access.row import ROLES, SIGNED_IN, page, public
from tests.incidents.reporting import confirmed, make_incident

FILE = ("ops_manager", "manager", "head", "staff", "service", "approver", "finance")
READ = ("ops_manager", "head", "manager", "approver", "finance", "auditor")
FIND_OUT = ("ops_manager", "head", "manager")
BOOK = (*FIND_OUT, "finance")
SEE_ONE = (*READ, "staff")
RESPOND = tuple(role for role in SEE_ONE if role != "auditor")
INCIDENT = {"thing": "incident", "sees": SEE_ONE}


def form(thing, who=FIND_OUT, sees=SEE_ONE):
    return page({"GET": {200: who}, "POST": {422: who}}, thing=thing, sees=sees)


INCIDENTS = {
    "web:phone_worker": public({"GET": {200: ROLES}}),
    "web:phone_outbox": page({"GET": {200: SIGNED_IN}}),
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
    **dict.fromkeys(
        ("incidents:incident_edit", "incidents:incident_merge", "incidents:fact_create",
         "incidents:injury_create"),
        form("incident"),
    ),
    "incidents:fact_withdraw": form("incident_fact"),
    "incidents:injury_edit": form("injury"),
    "incidents:injury_remove": form("injury"),
    "incidents:injury_reveal": page({"POST": {200: FIND_OUT}}, thing="injury", sees=SEE_ONE),
    "incidents:link_edit": form("incident_risk"),
    "incidents:link_end": form("incident_risk"),
    "incidents:response_detail": page({"GET": {200: SEE_ONE}}, **INCIDENT),
    # Without the number of a plan there is none.
    "incidents:response_start": page({"POST": {404: RESPOND}}, **INCIDENT),
    "incidents:response_tick": page(
        {"POST": {302: RESPOND}}, thing="activation_step", sees=SEE_ONE
    ),
    "incidents:response_choose": page(
        {"GET": {200: FILE}}, thing="card", gate=FILE, sees=SIGNED_IN
    ),
    "incidents:response_end": form("activation", RESPOND),
    "incidents:measure_link": form("incident"),
    "incidents:measure_end": form("measure"),
    "incidents:clock_create": form("incident"),
    "incidents:clock_answer": form("clock"),
    "incidents:statutory_list": page({"GET": {200: READ_CLOCKS}}),
    "incidents:statutory_edit": page(
        {"GET": {200: ("manager",)}, "POST": {422: ("manager",)}}, thing="statutory", **CLOCKS
    ),
    # Without the version that the page showed.
    "incidents:statutory_confirm": page({"POST": {409: ("manager",)}}, thing="statutory", **CLOCKS),
    "incidents:statutory_stop": page({"POST": {409: ("manager",)}}, thing="statutory", **CLOCKS),
    "incidents:loss_edit": form("loss", BOOK),
    "incidents:loss_withdraw": form("loss", BOOK),
    **RECORDS,
}  # fmt: skip


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


def other(world):
    """One more that is known already; the contingency plan of this one has ended."""
    department = Department.objects.get(code="CLEAN")
    run = ContingencyActivation.objects.get(pk=world.value("activation", "own"))
    end_activation(run, by=world.people["manager"], summary="人已送医")
    return {"same_as": make_incident(department, world.people["manager"]).code}


def to_start(world):
    """One that does not run for it yet."""
    confirmed(world.people["manager"], "data_breach")
    return {"rule": "data_breach"}


def planned(world):
    """In the plan of a risk of this incident, and not yet named for it."""
    incident = Incident.objects.get(code=world.value("incident", "own"))
    action = Action.objects.get(pk=world.value("action", "own"))
    manager = world.people["manager"]
    link_incident_risk(incident, action.plan.risk, by=manager, known_before=True)
    unlink_measure(incident.measures.get(), by=manager, reason="错了")
    return {"action": action.pk}


def rule_known():
    return StatutoryRule.objects.get(code="insurer_notice")


def switched_off(world):
    """There is something to confirm."""
    return {
        "row_version": stop_rule(rule_known(), by=world.people["manager"], version=None).row_version
    }


WHY = {"reason": "记错了"}
SENT_TO_INCIDENTS = {
    "incidents:incident_edit": lambda _world: {"place": "卧室"},
    "incidents:incident_merge": other,
    "incidents:fact_create": lambda _world: {"text": "呼叫 120"},
    "incidents:injury_create": lambda _world: {"role": "staff"},
    "incidents:injury_edit": lambda _world: {"days_lost": "3"},
    "incidents:injury_reveal": lambda _world: {},
    **dict.fromkeys(
        ("incidents:fact_withdraw", "incidents:injury_remove", "incidents:link_end",
         "incidents:loss_withdraw"),
        lambda _world: WHY,
    ),
    "incidents:response_start": lambda world: {"plan": world.value("card", "own")},
    "incidents:response_tick": lambda _world: {},
    "incidents:response_end": lambda _world: {"summary": "人已送医"},
    "incidents:measure_link": planned,
    "incidents:measure_end": lambda _world: WHY,
    "incidents:clock_create": to_start,
    "incidents:clock_answer": lambda _world: {"answer": "not_applicable", "reason": "没有保单"},
    "incidents:statutory_edit": lambda _world: {"hours": "24"},
    "incidents:statutory_confirm": switched_off,
    "incidents:statutory_stop": lambda _world: {"row_version": rule_known().row_version},
    "incidents:link_edit": lambda _world: {"known_before": "no"},
    "incidents:loss_edit": lambda _world: {"amount": "750"},
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
    **SENT_TO_RECORDS,
}  # fmt: skip
