"""Addresses of process changes, and what is sent to them."""

from datetime import timedelta

from django.utils import timezone

from riskhub.accounts.models import Department
from tests.access.row import ANSWER, KEEP, SEE, SIGNED_IN, WRITE, api, page

EARLY = "设备已经到齐，人员也培训过了"
CHANGES = {
    "assessments:change_list": page({"GET": {200: SEE}}),
    "assessments:change_create": page({"GET": {200: WRITE}, "POST": {422: WRITE}}),
    "assessments:change_detail": page({"GET": {200: SEE}}, thing="draft_change"),
    "assessments:change_edit": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="draft_change"
    ),
    "assessments:change_risk_add": page({"POST": {422: ANSWER}}, thing="draft_change"),
    "assessments:change_risk_remove": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="draft_change", query="?risk=R001"
    ),
    "assessments:change_submit": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="draft_change"
    ),
    "assessments:change_take_on": page({"POST": {302: KEEP}}, thing="sent_change"),
    "assessments:change_ready": page({"POST": {302: KEEP}}, thing="taken_change"),
    "assessments:change_implement": page(
        {"GET": {200: KEEP}, "POST": {422: KEEP}}, thing="ready_change"
    ),
    "assessments:change_review": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="live_change"
    ),
    "assessments:change_postpone": page(
        {"GET": {200: KEEP}, "POST": {422: KEEP}}, thing="sent_change"
    ),
    "assessments:change_cancel": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="draft_change"
    ),
}

CHANGES_API = {
    "api:change_list": api({"GET": {200: SIGNED_IN}, "POST": {400: WRITE}}),
    "api:change_detail": api({"GET": {200: SEE}, "PATCH": {428: ANSWER}}, thing="draft_change"),
    "api:change_risk_add": api({"POST": {400: ANSWER}}, thing="draft_change"),
    "api:change_risk_remove": api({"POST": {400: ANSWER}}, thing="draft_change"),
    "api:change_submit": api({"POST": {428: ANSWER}}, thing="draft_change"),
    "api:change_take_on": api({"POST": {428: KEEP}}, thing="sent_change"),
    "api:change_ready": api({"POST": {428: KEEP}}, thing="taken_change"),
    "api:change_implement": api({"POST": {428: KEEP}}, thing="ready_change"),
    "api:change_review": api({"POST": {428: ANSWER}}, thing="live_change"),
    "api:change_postpone": api({"POST": {428: KEEP}}, thing="sent_change"),
    "api:change_cancel": api({"POST": {428: ANSWER}}, thing="draft_change"),
}


def new_change(_world):
    return {
        "title": "双人上门", "kind": "process", "description": "夜间两人",
        "planned_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
        "department": Department.objects.get(code="OPS").pk,
    }  # fmt: skip


def postponed(_world):
    later = timezone.localdate() + timedelta(days=60)
    return {"planned_on": later.isoformat(), "reason": "等设备到货以后再开始执行"}


SENT_TO_CHANGES = {
    "assessments:change_create": new_change,
    "assessments:change_edit": lambda _world: {"title": "换新流程"},
    "assessments:change_risk_add": lambda world: {"risk": world.value("judged", "own")},
    "assessments:change_risk_remove": lambda _world: {"reason": "与此无关"},
    "assessments:change_submit": lambda _world: {"none_affected": "逐条看过流程图和控制"},
    "assessments:change_take_on": lambda _world: {},
    "assessments:change_ready": lambda _world: {},
    "assessments:change_implement": lambda _world: {"early_reason": EARLY},
    "assessments:change_review": lambda _world: {"outcome": "worked", "review": "顺利"},
    "assessments:change_postpone": postponed,
    "assessments:change_cancel": lambda _world: {"reason": "不做了"},
    "api:change_list": lambda world: new_change(world) | {"department": "CLEAN"},
    "api:change_detail": lambda _world: {"title": "换新流程"},
    "api:change_risk_add": lambda world: {"risk": world.value("judged", "own")},
    "api:change_risk_remove": lambda world: {
        "risk": world.value("judged", "own"), "reason": "与此无关",
    },
    "api:change_submit": lambda _world: {"none_affected": "逐条看过流程图和控制"},
    "api:change_take_on": lambda _world: {},
    "api:change_ready": lambda _world: {},
    "api:change_implement": lambda _world: {
        "effective_on": timezone.localdate().isoformat(), "early_reason": EARLY,
    },
    "api:change_review": lambda _world: {"outcome": "worked", "review": "顺利"},
    "api:change_postpone": postponed,
    "api:change_cancel": lambda _world: {"reason": "不做了"},
}  # fmt: skip
