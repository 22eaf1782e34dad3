"""The addresses of complaints, and what is sent to them."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from incidents.models import Complaint, ComplaintCategory
from incidents.services.handling import pause_complaint
from registers.models import ContractClause
from tests.access.row import ROLES, page, public

HANDLE = ("ops_manager", "head", "manager", "service")
OFFER_DECIDED = ("incidents:offer_approve", "api:complaint_offer_approve")
REVOKE = (*HANDLE, "approver")
READ = ("ops_manager", "head", "manager", "approver", "service", "auditor")
FILE = ("ops_manager", "manager", "head", "staff", "service", "approver", "finance")
COMPLAINT = {"thing": "complaint", "sees": READ}


def form(thing="complaint", who=HANDLE):
    return page({"GET": {200: who}, "POST": {422: who}}, thing=thing, sees=READ)


def pressed(thing="complaint", answers=None):
    return page({"POST": answers or {302: HANDLE}}, thing=thing, sees=READ)


NEXT_YEAR = f"{timezone.now() + timedelta(days=400):%Y-%m-%d}"
CLOCKS = {"gate": ("manager",), "sees": ("manager",)}
READ_CLOCKS = ("ops_manager", "manager", "service", "auditor", "admin")
READ_REPLIES = ("ops_manager", "head", "manager", "service", "auditor", "admin")
EDIT_REPLIES = ("manager", "service")
INTAKE = {
    "incidents:severity_list": page({"GET": {200: READ_CLOCKS}}),
    "incidents:severity_edit": page(
        {"GET": {200: ("manager",)}, "POST": {422: ("manager",)}}, thing="severity", **CLOCKS
    ),
    "incidents:working_time_edit": page(
        {"GET": {200: ("manager",)}, "POST": {422: ("manager",)}}, **CLOCKS
    ),
    "incidents:duty_edit": page(
        {"GET": {200: ("manager",)}, "POST": {422: ("manager",)}}, **CLOCKS
    ),
    "incidents:calendar_day_list": page({"GET": {200: READ_CLOCKS}}),
    "incidents:calendar_day_create": page(
        {"GET": {200: ("manager",)}, "POST": {422: ("manager",)}}, **CLOCKS
    ),
    "incidents:calendar_day_edit": page(
        {"GET": {200: ("manager",)}, "POST": {422: ("manager",)}}, thing="calendar_day", **CLOCKS
    ),
    "incidents:calendar_day_remove": page(
        {"POST": {302: ("manager",)}}, thing="calendar_day", **CLOCKS
    ),
    "incidents:retention_edit": page(
        {"GET": {200: ("manager",)}, "POST": {422: ("manager",)}}, **CLOCKS
    ),
    "incidents:reply_list": page({"GET": {200: READ_REPLIES}}),
    "incidents:reply_create": page({"GET": {200: EDIT_REPLIES}, "POST": {422: EDIT_REPLIES}}),
    "incidents:reply_edit": page(
        {"GET": {200: EDIT_REPLIES}, "POST": {422: EDIT_REPLIES}},
        thing="reply",
        gate=EDIT_REPLIES,
        sees=EDIT_REPLIES,
    ),
    "incidents:complaint_list": page({"GET": {200: READ}}, gate=READ),
    "incidents:complaint_create": page({"GET": {200: FILE}, "POST": {422: FILE}}),
    "incidents:complaint_handover": page(
        {"GET": {200: ("service",)}}, thing="written_complaint", sees=("service",)
    ),
    "incidents:complaint_detail": page({"GET": {200: READ}}, **COMPLAINT),
    # Without the version that its page showed it is stale.
    "incidents:complaint_take": pressed(answers={409: HANDLE}),
    # The form holds all of it already: empty it asks for the severity.
    "incidents:complaint_triage": form(),
    "incidents:complaint_unmask": pressed(answers={200: HANDLE}),
    "incidents:complaint_contact": form(),
    "incidents:complaint_note": form(),
    "incidents:complaint_investigate": pressed("contacted_complaint"),
    "incidents:complaint_pause": form(),
    "incidents:complaint_resume": pressed(),
    "incidents:complaint_escalate": form("contacted_complaint"),
    "incidents:offer_create": form("contacted_complaint"),
    "incidents:offer_approve": form("waiting_offer", ("approver",)),
    "incidents:offer_revoke": form("waiting_offer", REVOKE),
    "incidents:offer_answer": form("offered_complaint"),
    "incidents:offer_fulfil": pressed("accepted_complaint"),
    "incidents:complaint_close": form("fulfilled_complaint"),
    "incidents:complaint_end": form(),
    "incidents:complaint_clause": form(),
    "incidents:complaint_reopen": form("closed_complaint"),
    "incidents:complaint_link_edit": form("complaint_risk"),
    "incidents:complaint_tell": public({"GET": {200: ROLES}, "POST": {422: ROLES}}),
    "incidents:complaint_tell/step": public(
        {"GET": {302: ROLES}, "POST": {302: ROLES}}, thing="step", sees=ROLES
    ),
    # Nothing was told yet.
    "incidents:complaint_check": public({"GET": {302: ROLES}, "POST": {302: ROLES}}),
    "incidents:complaint_receipt": public({"GET": {302: ROLES}}),
    "incidents:privacy_notice": public({"GET": {200: ROLES}}),
    "incidents:tracking_open": public({"GET": {200: ROLES}, "POST": {422: ROLES}}),
    # Nothing was opened with its secret.
    "incidents:tracking_detail": public({"GET": {302: ROLES}}),
    "incidents:tracking_write": public({"POST": {403: ROLES}}),
    "incidents:tracking_answer": public({"POST": {403: ROLES}}),
    "incidents:tracking_reopen": public({"POST": {403: ROLES}}),
    "incidents:tracking_rate": public({"POST": {403: ROLES}}),
    "incidents:tracking_leave": public({"POST": {302: ROLES}}),
}


def resumed(world):
    """It waits for the customer."""
    complaint = Complaint.objects.get(code=world.value("complaint", "own"))
    pause_complaint(complaint, by=world.people["manager"], reason="等照片")
    return {}


def sent_key(**fields):
    return {"client_uuid": str(uuid4()), **fields}


SENT_TO_INTAKE = {
    "incidents:severity_edit": lambda _world: {"first_contact": "20"},
    "incidents:duty_edit": lambda _world: {"duty_phone": "021-5555 0101"},
    "incidents:calendar_day_create": lambda _world: {"day": NEXT_YEAR, "kind": "closed"},
    "incidents:calendar_day_edit": lambda _world: {"kind": "worked", "note": "盘点"},
    "incidents:calendar_day_remove": lambda _world: {},
    "incidents:retention_edit": lambda _world: {"contact_kept_days": "400"},
    "incidents:working_time_edit": lambda _world: {"work_ends": "19:00"},
    "incidents:reply_create": lambda _world: {"name_zh": "甲", "text_zh": "乙", "text_en": "b"},
    "incidents:reply_edit": lambda _world: {"name_zh": "甲"},
    "incidents:complaint_take": lambda world: {
        "row_version": Complaint.objects.get(code=world.value("complaint", "own")).row_version,
    },
    "incidents:complaint_triage": lambda _world: {
        "category": ComplaintCategory.objects.get(code="damage_water").pk,
    },
    "incidents:complaint_unmask": lambda _world: {},
    "incidents:complaint_create": lambda _world: sent_key(
        text="客户来电", channel="phone", received_at="2026-09-01T09:00", lang="zh-hans"
    ),
    "incidents:complaint_contact": lambda _world: sent_key(text="已致电"),
    "incidents:complaint_note": lambda _world: sent_key(text="注意"),
    "incidents:complaint_investigate": lambda _world: {},
    "incidents:complaint_pause": lambda _world: {"reason": "等照片"},
    "incidents:complaint_resume": resumed,
    "incidents:complaint_escalate": lambda _world: {"reason": "超权限"},
    "incidents:offer_create": lambda _world: sent_key(kind="redo", text="返工"),
    "incidents:offer_approve": lambda _world: {},
    "incidents:offer_revoke": lambda _world: {"reason": "太多"},
    "incidents:offer_answer": lambda _world: {"accepted": "yes"},
    "incidents:offer_fulfil": lambda _world: {},
    "incidents:complaint_close": lambda world: {
        "root_cause": "老化", "other": world.value("risk", "own"),
        "category": ComplaintCategory.objects.get(code="damage_water").pk,
    },
    "incidents:complaint_end": lambda _world: {"state": "withdrawn", "reason": "撤回"},
    "incidents:complaint_clause": lambda _world: {
        "clause": ContractClause.objects.first().pk, "outcome": "failed",
    },
    "incidents:complaint_link_edit": lambda _world: {"known_before": "no"},
    "incidents:complaint_reopen": lambda _world: {"reason": "又漏了"},
}  # fmt: skip
# What a customer tells stands in the session until the last page sends it, and nothing about a complaint is
# sent before its secret was: who did what is tried beside those pages.
FOR_CUSTOMERS = {key for key, row in INTAKE.items() if row.is_public and "POST" in row.answers}
