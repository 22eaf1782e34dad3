"""Every address that changes something leaves an event with the actor, before and after."""

import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from assessments.services.imports import import_now, start_import
from registers.models import (
    LibraryRisk,
    Register,
    Risk,
    RiskCategory,
    RiskOrigin,
    RiskProposal,
    RiskSource,
)
from registers.services import decline_proposal
from riskhub.accounts.models import Department
from riskhub.audit.context import acting
from riskhub.audit.models import AuditEvent
from riskhub.imports.models import ImportRun
from tests.access.changes import SENT_TO_CHANGES
from tests.access.contingency import SENT_TO_CONTINGENCY
from tests.access.in_bulk import bulk_edit, soon_enough
from tests.access.incidents import SENT_TO_INCIDENTS
from tests.access.intake import FOR_CUSTOMERS, OFFER_DECIDED, SENT_TO_INTAKE
from tests.access.intake_api import SENT_TO_INTAKE_API
from tests.access.notices import SENDERS_OF_NOTICES, SENT_TO_NOTICES
from tests.access.page_forms import posted
from tests.access.people import SENT_BY_ADMIN
from tests.access.plans import SENT_TO_PLANS
from tests.access.put_away import SENT_TO_REGISTERS
from tests.access.schemes import DECIDED, SENT_TO_SCHEMES
from tests.access.table import TABLE
from tests.access.test_access import OURS, address
from tests.access.transfers import SENT_TO_TRANSFERS
from tests.access.world import FILE
from tests.photos import picture

SOON = (timezone.localdate() + timedelta(days=30)).isoformat()
NEW_RISK = {"title": "新风险", "event": "发生", "category": "operational", "register": "OWN",
            "primary_source": "internal_record", "owner_department": "OPS"}  # fmt: skip
PAIR = {"probability": 2, "impact": 2}


def faults_in(response):
    """What a refused form complains of, to find a body that is out of date."""
    return re.findall(r'class="[^"]*(?:invalid|error)[^"]*"[^>]*>(.*?)<', response.content.decode())


def key(model, code):
    return str(model.objects.get(code=code).pk)


def upload():
    return SimpleUploadedFile("a.csv", FILE, "text/csv")


def start(world):
    """There is something to stop."""
    run = ImportRun.objects.get(pk=world.value("run", "own"))
    start_import(run, by=world.people["manager"])
    return {}


def apply_run(world):
    """There is something to undo."""
    run = ImportRun.objects.get(pk=world.value("run", "own"))
    import_now(run, by=world.people["manager"])
    return {"reason": "拿错了文件"}


def decline(world):
    """There is something to undo."""
    proposal = RiskProposal.objects.get(pk=world.value("proposal", "own"))
    decline_proposal(proposal, by=world.people["manager"], reason="重复")
    return {}


def offered(world):
    """The risk came from the library, which names controls for it."""
    risk = Risk.objects.get(code=world.value("risk", "own"))
    with acting(world.people["manager"], "risk.edited"):
        RiskOrigin.objects.create(risk=risk, kind="library", ref_id="LIB-001")
    return {"entry": "C-03"}


def checked(_world):
    return {"sample_size": 20, "exceptions": 0, "done_on": timezone.localdate().isoformat()}


# What is sent besides what the page holds already; who sends it, where it is not the risk manager.
SENT = {
    "web:preference_save": lambda _world: {"theme": "dark"},
    **SENT_TO_NOTICES,
    "search:saved_view_create": lambda _world: {"name": "周会"},
    "search:saved_view_edit": lambda _world: {"name": "周会"},
    "search:saved_view_retake": lambda _world: {},
    "search:saved_view_delete": lambda _world: {},
    "registers:risk_bulk": bulk_edit,
    "registers:bulk_edit_undo": soon_enough,
    "registers:risk_columns": lambda _world: {"columns": ["owner"]},
    "oversight:note_create": lambda _world: {"text": "待查", "about": "event"},
    "oversight:work_retry": lambda _world: {},
    **SENT_BY_ADMIN,
    **SENT_TO_REGISTERS,
    **SENT_TO_SCHEMES,
    **SENT_TO_TRANSFERS,
    **SENT_TO_PLANS,
    **SENT_TO_CHANGES,
    **SENT_TO_CONTINGENCY,
    **SENT_TO_INTAKE,
    **SENT_TO_INTAKE_API,
    **SENT_TO_INCIDENTS,
    "registers:term_create": lambda _world: {"code": "new", "name_zh": "新", "importance": "3"},
    "registers:term_edit": lambda _world: {"name_zh": "高空擦窗"},
    "registers:term_move": lambda _world: {"to": "up"},
    "registers:term_delete": lambda _world: {},
    "registers:register_create": lambda _world: {
        "code": "NEW", "name_zh": "新", "department": key(Department, "OPS"),
    },
    "registers:risk_create": lambda _world: {
        "register": key(Register, "OWN"), "title": "新", "event": "x",
        "category": key(RiskCategory, "technical"),
        "primary_source": key(RiskSource, "survey"), "owner_department": key(Department, "OPS"),
    },
    "registers:risk_edit": lambda _world: {"title": "新名"},
    "registers:risk_field": lambda _world: {"title": "新名"},
    "registers:risk_close": lambda _world: {"reason": "停止"},
    "registers:risk_merge": lambda world: {"risk": world.value("judged", "own"), "reason": "同"},
    "registers:risk_reopen": lambda _world: {"reason": "又开始了"},
    "registers:risk_link_create": lambda world: {
        "relation": "causes", "other": world.value("judged", "own"),
    },
    "registers:risk_link_end": lambda _world: {},
    "registers:library_list": lambda _world: {"entries": [LibraryRisk.objects.first().code]},
    "registers:proposal_decide": lambda _world: {"decision": "decline", "reason": "重复"},
    "registers:proposal_undo": decline,
    "registers:proposal_create": lambda _world: {"text": "扶手松动"},
    "registers:proposal_answer/number": lambda _world: {"text": "厨房"},
    "registers:proposal_answer/key": lambda _world: {"text": "厨房"},
    "files:attachment_add": lambda _world: {"uploads": SimpleUploadedFile("a.jpg", picture("red"))},
    "files:comment_list": lambda _world: {"text": "夜班要两个人"},
    "files:comment_withdraw": lambda _world: {},
    "files:attachment_remove": lambda _world: {"reason": "拍到了客户"},
    "registers:risk_control_create": lambda world: {"control": world.value("control", "own")},
    "registers:risk_control_adopt": offered,
    "registers:risk_control_edit": lambda _world: {"strength": "2"},
    "registers:risk_control_remove": lambda _world: {},
    "registers:control_create": lambda _world: {
        "title": "新控制", "type": "preventive", "owner_department": key(Department, "OPS"),
    },
    "registers:control_adopt": lambda _world: {"entries": ["C-03"], "department": "OPS"},
    "registers:control_edit": lambda _world: {"title": "新名"},
    "registers:control_retire": lambda _world: {"reason": "停用"},
    "registers:control_activate": lambda _world: {},
    "registers:control_link": lambda world: {"risk": world.value("risk", "own")},
    "registers:check_create": lambda world: checked(world) | {"design_ok": "yes"},
    "assessments:assessment_create": lambda _world: {
        "inherent_probability": "3", "inherent_impact": "3", "residual_probability": "3",
        "residual_impact": "3", "rationale": "三起",
    },
    "assessments:assessment_draft": lambda _world: {"rationale": "又一句", "row_version": "1"},
    "assessments:assessment_draft_discard": lambda _world: {"row_version": "1"},
    "assessments:assessment_confirm": lambda world: {
        "chosen": [str(world.value("assessment", "own"))], "decision": "confirm",
    },
    "assessments:assessment_reject": lambda _world: {"reason": "算错了"},
    "assessments:reassessment_waive": lambda _world: {"reason": "现场看过，确实没有变化"},
    "assessments:import_create": lambda _world: {
        "file": upload(), "register": key(Register, "OWN"),
    },
    "assessments:import_create/code": lambda _world: {"file": upload()},
    "assessments:import_detail": lambda _world: {},
    "assessments:import_start": lambda _world: {"row_version": "1"},
    "assessments:import_discard": lambda _world: {"row_version": "1"},
    "assessments:import_suggest": lambda _world: {"row_version": "1"},
    "assessments:mapping_edit": lambda _world: {"name": "年报"},
    "assessments:mapping_delete": lambda _world: {"row_version": "1"},
    "assessments:import_stop": start,
    "assessments:import_undo": apply_run,
    "api:risk_list": lambda _world: NEW_RISK,
    "api:proposal_list": lambda _world: {"text": "扶手松动", "department": "CLEAN"},
    "api:triage_accept": lambda _world: NEW_RISK,
    "api:triage_merge": lambda world: {"risk": world.value("risk", "own")},
    "api:triage_ask": lambda _world: {"question": "在哪里？"},
    "api:triage_decline": lambda _world: {"reason": "重复"},
    "api:triage_undo": decline,
    "api:risk_detail": lambda _world: {"title": "新名"},
    "api:risk_close": lambda _world: {"reason": "停止"},
    "api:risk_reopen": lambda _world: {"reason": "又开始了"},
    "api:risk_comment_list": lambda _world: {"text": "夜班要两个人"},
    "api:comment_withdraw": lambda _world: {},
    "api:risk_link_list": lambda world: {
        "relation": "causes", "risk": world.value("judged", "own"),
    },
    "api:risk_link_detail": lambda _world: {},
    "api:risk_control_list": lambda world: {"control": world.value("control", "own")},
    "api:risk_control_detail": lambda _world: {"strength": 2},
    "api:control_list": lambda _world: {
        "title": "新控制", "type": "preventive", "owner_department": "OPS",
    },
    "api:control_detail": lambda _world: {"title": "新名"},
    "api:control_activate": lambda _world: {},
    "api:control_retire": lambda _world: {"reason": "停用"},
    "api:control_check_list": lambda world: checked(world) | {"design_ok": True},
    "api:import_detail": lambda _world: {"mapping": {"defaults": {"source": "audit"}}},
    "api:import_undo": apply_run,
    **dict.fromkeys(("api:import_confirm", "api:import_discard"), lambda _world: {}),
    "api:assessment_draft_detail": lambda _world: {"rationale": "又一句"},
    "api:assessment_list": lambda world: {
        "risk": world.value("risk", "own"), "inherent": PAIR, "residual": PAIR, "rationale": "三起",
    },
    "api:assessment_bulk": lambda world: {"assessments": [{
        "risk": world.value("risk", "own"), "inherent": PAIR, "residual": PAIR, "rationale": "三起",
    }]},
    "api:assessment_confirm": lambda _world: {},
    "api:assessment_reject": lambda _world: {"reason": "算错了"},
    "api:reassessment_waive": lambda _world: {"reason": "现场看过，确实没有变化"},
}  # fmt: skip
SENDERS = {
    "assessments:action_verify": "ops_manager",
    "api:action_verify": "ops_manager",
    "api:action_reopen": "ops_manager",
    "api:plan_approve": "approver",
    "api:plan_request_changes": "approver",
    "api:plan_reject": "approver",
    **{key: "admin" for key in SENT if key.startswith(("accounts:", "setup:"))},
    **SENDERS_OF_NOTICES,
    "search:saved_view_edit": "staff",
    "search:saved_view_retake": "staff",
    "search:saved_view_delete": "staff",
    "oversight:note_create": "auditor",
    "registers:proposal_create": "staff",
    "registers:proposal_answer/number": "staff",
    "registers:proposal_answer/key": "staff",
    "assessments:assessment_confirm": "approver",
    "assessments:plan_decide": "approver",
    "api:assessment_confirm": "approver",
    **dict.fromkeys((*DECIDED, *OFFER_DECIDED), "approver"),
}
# Who filed without a name is not named when they answer, either.
NAMELESS = {"registers:proposal_answer/key"}
# They freeze in a transaction of their own, or only owe what is then done: tried beside their services.
# The first account is made only where nobody has one, and a matrix that is checked is not kept.
APART = {"setup:first_user", "oversight:audit_verify", "reports:report_make", "api:report_list",
         "api:import_list", "api:scheme_checks", *FOR_CUSTOMERS}  # fmt: skip
CHANGING = [route for route in OURS if {*TABLE[route.key].answers} - {"GET"}]


def test_every_address_that_changes_something_is_tried():
    assert {route.key for route in CHANGING} == set(SENT) | APART


def send(client, path, row, fields):
    """As the page or a program sends it; what the page holds already goes along."""
    if row.is_api:
        method = next(method for method in row.answers if method != "GET")
        thing = re.sub(
            r"(submit|confirm|discard|waive|close|take-on|ready|implement|review|postpone|cancel|start|record|recall|triage|take|analysis)/$",
            "",
            path,
        )
        is_read = ("GET" in row.answers and row.thing) or thing != path
        read = client.get(thing).headers if is_read else {}
        headers = {"If-Match": read["ETag"]} if "ETag" in read else {}
        return client.generic(
            method, path, json.dumps(fields), content_type="application/json", headers=headers
        )
    page = client.get(path).content.decode() if "GET" in row.answers else ""
    return client.post(path, posted(page, path, fields) | fields)


@pytest.mark.parametrize(
    "route", [route for route in CHANGING if route.key not in APART], ids=lambda route: route.key
)
def test_who_did_what_is_written_down(world, route):
    row, role = TABLE[route.key], SENDERS.get(route.key, "manager")
    with transaction.atomic():
        last = AuditEvent.objects.latest("pk").pk
        response = send(
            world.clients[role], address(world, route, row, "own"), row, SENT[route.key](world)
        )
        events = AuditEvent.objects.filter(pk__gt=last)
        found = list(events.values_list("actor_id", "action", "operation", "before", "after"))
        transaction.set_rollback(True)
    assert response.status_code in (200, 201, 202, 204, 302), faults_in(response)
    assert found
    known = None if route.key in NAMELESS else world.people[role].pk
    assert {actor for actor, *_rest in found} == {known}
    for _actor, action, operation, before, after in found:
        assert "." in action
        assert not action.endswith((".insert", ".update", ".delete"))
        assert (before is None) == (operation in ("insert", "note"))
        assert (after is None) == (operation == "delete")
