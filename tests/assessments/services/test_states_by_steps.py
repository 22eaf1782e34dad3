"""Every state and every step of plans, assessments and matrices: exactly the listed ones work.

The other machines have such a table beside their services: actions, changes, reassessment tasks,
contingency plans, drills and gaps.
"""

import pytest
from django.db import transaction

from assessments.choices import AssessmentState, SchemeState
from assessments.models import Assessment, MatrixScheme, ResponsePlan
from assessments.plans.content import PlannedAction
from assessments.services import (
    NotReached,
    PendingAssessment,
    close_plan,
    confirm_assessment,
    decide_plan,
    finish_action,
    reject_assessment,
    save_plan,
    submit_plan,
    verify_action,
    withdraw_plan,
)
from assessments.services.acceptances import expire_acceptance
from assessments.services.schemes import (
    decide_scheme,
    discard_scheme,
    recall_scheme,
    save_scheme,
    submit_scheme,
)
from registers.choices import PlanState
from riskhub.audit.transitions import WrongState
from tests.assessments.matrices import changed as changed_matrix
from tests.assessments.matrices import draft
from tests.assessments.services.test_plans import changed, tomorrow
from tests.builders import assess, make_plan

pytestmark = pytest.mark.django_db

REFUSALS = (WrongState, NotReached, PendingAssessment)


def outcome(model, obj, step):
    """The state after the step, None where it is refused; then it is as it was."""
    with transaction.atomic():
        try:
            step(model.objects.get(pk=obj.pk))
            after = model.objects.get(pk=obj.pk).state
        except REFUSALS:
            after = None
        transaction.set_rollback(True)
    return after


# ---------- plans ----------

PLANS = {
    "draft": {"save": "draft", "submit": "submitted", "withdraw": "withdrawn"},
    "submitted": {
        "save": "draft", "approve": "approved", "ask": "changes_requested", "reject": "rejected",
        "withdraw": "withdrawn",
    },
    "changes_requested": {"save": "draft", "withdraw": "withdrawn"},
    "approved": {"save": "draft", "withdraw": "withdrawn", "expire": "expired"},
    "in_progress": {"save": "draft", "withdraw": "withdrawn"},
    "completed": {"save": "draft", "close": "closed"},
    "expired": {"save": "draft", "withdraw": "withdrawn"},
    "closed": {}, "rejected": {}, "withdrawn": {},
}  # fmt: skip


@pytest.fixture
def plan_steps(risk_manager, approver):
    def decide(decision):
        def step(plan):
            read = plan.head.content_hash
            decide_plan(plan, by=approver, decision=decision, content_hash=read, comment="看过")

        return step

    return {
        "save": lambda plan: save_plan(
            plan, by=risk_manager, version=None, content=changed(plan, objective="改过")
        ),
        "submit": lambda plan: submit_plan(plan, by=risk_manager),
        "approve": decide("approved"),
        "ask": decide("changes"),
        "reject": decide("rejected"),
        "withdraw": lambda plan: withdraw_plan(plan, by=risk_manager, reason="不做"),
        "close": lambda plan: close_plan(plan, by=risk_manager),
        "expire": lambda plan: expire_acceptance(plan, plan.in_force or plan.head),
    }


@pytest.fixture
def plan_in(high_risk, risk_manager, staff_cleaning, plan_steps):
    """What is approved or expired accepts the risk; the others do something about it."""
    way = {
        "changes_requested": ["submit", "ask"], "rejected": ["submit", "reject"],
        "withdrawn": ["withdraw"], "submitted": ["submit"], "approved": ["submit", "approve"],
        "expired": ["submit", "approve", "expire"],
    }  # fmt: skip
    accepted = {
        "strategy": "accept",
        "accept_reason": "成本",
        "accept_until": tomorrow(),
        "actions": (),
    }
    actions = [PlannedAction(key, key, staff_cleaning.pk, tomorrow()) for key in ("a1", "a2")]
    done = {"in_progress": 1, "completed": 2, "closed": 2}

    def make(state):
        facts = accepted if state in ("approved", "expired") else {"actions": tuple(actions)}
        plan = make_plan(high_risk, by=risk_manager, **({"target": (4, 3)} | facts))
        for step in way.get(state, ["submit", "approve"] if state in done else []):
            plan_steps[step](ResponsePlan.objects.get(pk=plan.pk))
        for action in plan.actions.order_by("key")[: done.get(state, 0)]:
            finish_action(action, by=staff_cleaning, note="做完")
            verify_action(action, by=risk_manager)
        plan.refresh_from_db()
        if state == "closed":
            plan_steps["close"](plan)
        plan.refresh_from_db()
        assert plan.state == state
        return plan

    return make


@pytest.mark.parametrize("state", PlanState.values)
def test_a_plan_in_every_state(state, plan_in, plan_steps):
    plan = plan_in(state)
    after = {name: outcome(ResponsePlan, plan, step) for name, step in plan_steps.items()}
    if after["expire"] == state:  # nobody asks for it: what is no acceptance in force stays
        del after["expire"]
    assert {name: to for name, to in after.items() if to} == PLANS[state]


# ---------- assessments ----------

ASSESSMENTS = {
    "submitted": {"confirm": "confirmed", "send back": "rejected"},
    "confirmed": {"judge again": "superseded"},
    "superseded": {"judge again": "superseded"},
    "rejected": {"judge again": "rejected"},
}


@pytest.mark.parametrize("state", sorted(set(AssessmentState.values) - {"draft"}))
def test_an_assessment_in_every_state(state, risk, risk_manager, second_manager):
    """A draft is kept apart, in a table of its own, until it is submitted."""
    steps = {
        "confirm": lambda one: confirm_assessment(one, by=second_manager),
        "send back": lambda one: reject_assessment(one, by=second_manager, reason="写清楚"),
        "judge again": lambda one: assess(one.risk, (2, 2), (2, 2), by=risk_manager),
    }
    made = assess(risk, (5, 3), (4, 3), by=risk_manager)
    if state in ("confirmed", "superseded"):
        steps["confirm"](made)
    if state == "superseded":
        steps["judge again"](made)
    if state == "rejected":
        steps["send back"](made)
    made.refresh_from_db()
    assert made.state == state
    after = {name: outcome(Assessment, made, step) for name, step in steps.items()}
    assert {name: to for name, to in after.items() if to} == ASSESSMENTS[state]


# ---------- matrices ----------

SCHEMES = {
    "draft": {"save": "draft", "submit": "submitted", "discard": "discarded"},
    "submitted": {"recall": "draft", "approve": "in_force", "ask": "changes_requested"},
    "changes_requested": {"save": "draft", "discard": "discarded"},
    "in_force": {}, "retired": {}, "discarded": {},
}  # fmt: skip


@pytest.mark.parametrize("state", SchemeState.values)
def test_a_matrix_in_every_state(state, risk_manager, approver):
    def decide(decision):
        def step(one):
            read = one.content_hash
            decide_scheme(one, by=approver, decision=decision, content_hash=read, comment="看过")

        return step

    steps = {
        "save": lambda one: save_scheme(
            one, by=risk_manager, content=changed_matrix(c23=0), version=None
        ),
        "submit": lambda one: submit_scheme(one, by=risk_manager, version=None),
        "recall": lambda one: recall_scheme(one, by=risk_manager, version=None),
        "discard": lambda one: discard_scheme(one, by=risk_manager, version=None),
        "approve": decide("approved"),
        "ask": decide("changes"),
    }
    way = {
        "submitted": ["submit"], "changes_requested": ["submit", "ask"], "discarded": ["discard"],
        "in_force": ["submit", "approve"], "retired": ["submit", "approve"],
    }  # fmt: skip
    made = draft(by=risk_manager)
    for step in way.get(state, []):
        steps[step](MatrixScheme.objects.get(pk=made.pk))
    scheme = MatrixScheme.objects.get(number=1 if state == "retired" else made.number)
    assert scheme.state == state
    after = {name: outcome(MatrixScheme, scheme, step) for name, step in steps.items()}
    assert {name: to for name, to in after.items() if to} == SCHEMES[state]
