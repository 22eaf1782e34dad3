"""The addresses of response plans: see `tests.access.table`; and what is sent to them."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from assessments.models import ResponsePlan
from tests.access.row import ANSWER, SEE, SIGNED_IN, WRITE, api, page

APPROVE = ("approver",)
READ_APPROVALS = (*APPROVE, "auditor")
VERIFY = tuple(role for role in ANSWER if role != "manager")
COMMENT = tuple(role for role in SEE if role != "auditor")
SOON = (timezone.localdate() + timedelta(days=30)).isoformat()
ACTION = {"title": "试压", "owner": "manager", "due_on": SOON}

PLANS = {
    "assessments:plan_list": page({"GET": {200: SIGNED_IN}}),
    "assessments:plan_detail": page({"GET": {200: SEE}}, thing="draft_plan"),
    "assessments:plan_create": page({"GET": {200: WRITE}, "POST": {422: WRITE}}, thing="judged"),
    "assessments:plan_edit": page({"GET": {200: WRITE}, "POST": {422: WRITE}}, thing="draft_plan"),
    "assessments:plan_draft": page({"POST": {409: WRITE}}, thing="begun_plan"),
    "assessments:plan_draft_discard": page({"POST": {409: WRITE}}, thing="begun_plan"),
    "assessments:plan_submit": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="draft_plan"
    ),
    "assessments:plan_withdraw": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="draft_plan"
    ),
    "assessments:plan_waiting": page({"GET": {200: READ_APPROVALS}}),
    "assessments:plan_decide": page(
        {"GET": {200: APPROVE}, "POST": {422: APPROVE}}, thing="sent_plan"
    ),
    "assessments:action_list": page({"GET": {200: SEE}}),
    "assessments:action_finish": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="action"
    ),
    "assessments:plan_compare": page({"GET": {200: SEE}}, thing="draft_plan"),
    "assessments:plan_close": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="finished_plan"
    ),
    "assessments:action_start": page({"POST": {302: ANSWER}}, thing="action"),
    "assessments:action_verify": page(
        {"GET": {200: VERIFY, 302: ("manager",)}, "POST": {302: VERIFY, 409: ("manager",)}},
        thing="done_action",
    ),
    "assessments:spending_create": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="resource"
    ),
}
PLANS_API = {
    "api:plan_list": api({"GET": {200: SIGNED_IN}, "POST": {400: WRITE}}),
    "api:plan_detail": api({"GET": {200: SEE}, "PUT": {428: WRITE}}, thing="draft_plan"),
    "api:plan_comment_list": api({"GET": {200: SEE}, "POST": {400: COMMENT}}, thing="draft_plan"),
    "api:plan_submit": api({"POST": {428: ANSWER}}, thing="draft_plan"),
    "api:plan_withdraw": api({"POST": {400: ANSWER}}, thing="draft_plan"),
    "api:plan_approve": api({"POST": {400: ("approver",)}}, thing="sent_plan"),
    "api:plan_request_changes": api({"POST": {400: ("approver",)}}, thing="sent_plan"),
    "api:plan_reject": api({"POST": {400: ("approver",)}}, thing="sent_plan"),
    "api:plan_close": api({"POST": {428: ANSWER}}, thing="finished_plan"),
    "api:plan_diff": api({"GET": {200: SEE}}, thing="draft_plan"),
    "api:action_list": api({"GET": {200: SIGNED_IN}}),
    "api:action_start": api({"POST": {200: ANSWER}}, thing="action"),
    "api:action_finish": api({"POST": {400: ANSWER}}, thing="action"),
    "api:action_verify": api({"POST": {200: VERIFY, 403: ("manager",)}}, thing="done_action"),
    "api:action_reopen": api({"POST": {400: ANSWER}}, thing="done_action"),
    "api:plan_spend": api({"POST": {400: ANSWER}}, thing="done_plan"),
}


def plan_hash(world):
    return ResponsePlan.objects.get(code=world.value("sent_plan", "own")).head.content_hash


SENT_TO_PLANS = {
    "assessments:plan_create": lambda _world: {"strategy": "avoid", "avoid_what": "高空作业"},
    "assessments:plan_edit": lambda _world: {"objective": "半年内降到低"},
    "assessments:plan_draft": lambda _world: {"objective": "又一句", "draft_version": "1"},
    "assessments:plan_draft_discard": lambda _world: {"draft_version": "1"},
    "assessments:plan_submit": lambda _world: {},
    "assessments:plan_withdraw": lambda _world: {"reason": "不再需要"},
    "assessments:plan_decide": lambda _world: {"decision": "approved", "comment": "同意"},
    "assessments:spending_create": lambda _world: {"amount": "900", "spent_on": "2026-01-05"},
    "assessments:plan_close": lambda _world: {},
    "assessments:action_start": lambda _world: {},
    "assessments:action_verify": lambda _world: {},
    "assessments:action_finish": lambda _world: {"note": "做完了"},
    "api:plan_close": lambda _world: {},
    "api:action_start": lambda _world: {},
    "api:action_finish": lambda _world: {"note": "做完了"},
    "api:action_verify": lambda _world: {},
    "api:action_reopen": lambda _world: {"reason": "照片看不清"},
    "api:plan_spend": lambda _world: {
        "key": "r1", "amount": "900", "spent_on": "2026-01-05", "client_uuid": str(uuid4()),
    },
    "api:plan_comment_list": lambda _world: {"text": "措施要写明谁做"},
    "api:plan_list": lambda world: {
        "risk": world.value("judged", "own"), "strategy": "mitigate", "actions": [ACTION],
    },
    "api:plan_detail": lambda _world: {"strategy": "avoid", "avoid_what": "高空作业"},
    "api:plan_submit": lambda _world: {},
    "api:plan_withdraw": lambda _world: {"reason": "不再需要"},
    "api:plan_approve": lambda world: {"content_hash": plan_hash(world), "comment": "同意"},
    "api:plan_request_changes": lambda world: {"content_hash": plan_hash(world), "comment": "改"},
    "api:plan_reject": lambda world: {"content_hash": plan_hash(world), "comment": "不"},
}  # fmt: skip
