"""Attempts on plans, approvals and actions."""

from django.utils import timezone

from assessments.models import (
    Action,
    Approval,
    PlanVersion,
    ResourceLine,
    ResponsePlan,
)
from assessments.plans.content import PlannedAction, PlannedResource
from assessments.services import finish_action, submit_plan
from tests.assessments.services.test_plans import tomorrow
from tests.assessments.three_ways.world import Ways, settled
from tests.assessments.views.plan_forms import sent
from tests.builders import assess, make_plan


def waiting(world, by=None, submitted_by=None, **facts):
    plan = make_plan(world.high(), by=by or world.manager, **facts)
    submit_plan(plan, by=submitted_by or world.manager)
    plan.refresh_from_db()
    return plan


def decision(plan, by, verb="approved", content_hash=None, **fields):
    shown = content_hash or plan.head.content_hash
    names = {"approved": "approve", "rejected": "reject"}
    body = {"content_hash": shown, "comment": ""} | fields
    return Ways(
        (by, "/plans/RP-001/decide/", {"decision": verb, **body}),
        (by, f"plans/RP-001/{names[verb]}/", body),
        lambda: _written(plan, by, verb, shown),
    )


def _written(plan, by, verb, shown):
    Approval.objects.create(version=plan.head, content_hash=shown, approver=by, decision=verb)
    settled()


def other_text(world):
    return decision(waiting(world), world.approver, content_hash="0" * 64)


def own_submission(world):
    return decision(waiting(world, submitted_by=world.both), world.both)


def own_words(world):
    return decision(waiting(world, by=world.both), world.both)


def silent_refusal(world):
    return decision(waiting(world), world.approver, "rejected")


def granted_above(world):
    plan = waiting(world, resources=(PlannedResource("m", "money", "夜班补员", "144000"),))
    ways = decision(plan, world.approver)
    form, api = ways.form[2], ways.api[2]
    form |= {"granted-m": "150000", "note-m": ""}
    api |= {"grants": [{"key": "m", "granted": "150000"}]}
    ways.sql = lambda: ResourceLine.objects.create(
        version=plan.head, key="m", kind="money", what="夜班补员", amount=144000, granted=150000
    )
    return ways


def second_plan(world):
    make_plan(world.high(), by=world.manager)
    action = {"title": "试压", "owner": "risk.manager", "due_on": tomorrow()}
    return Ways(
        (world.manager, "/risks/R001/plan/new/", sent(("试压", world.manager))),
        (world.manager, "plans/", {"risk": "R001", "strategy": "mitigate", "actions": [action]}),
        lambda: ResponsePlan.objects.create(
            number=9, code="RP-009", risk=world.risk, owner=world.manager, state="draft"
        ),
    )


def handing_in(world, plan, level, **columns):
    """SQL says that it was handed in, as if nobody had asked."""
    plan.refresh_from_db()
    version = {"if_match": f'"{plan.row_version}"'}
    return Ways(
        (world.manager, "/plans/RP-001/submit/", {"row_version": plan.row_version}),
        (world.manager, "plans/RP-001/submit/", None, "post", version),
        lambda: PlanVersion.objects.update(
            submitted_by=world.manager, submitted_at=timezone.now(), scheme_id=1,
            residual_level=level, **columns,
        ),
    )  # fmt: skip


def accepted_above(world):
    plan = make_plan(world.high(), by=world.manager, strategy="accept", actions=())
    return handing_in(
        world, plan, 2, residual_probability=4, residual_impact=3, requires_approval=True
    )


def critical_without(world):
    world.approver  # noqa: B018 - somebody who could stand for it
    plan = make_plan(
        world.high((4, 4)), by=world.manager, special_measures="", sponsor=None, contingency=None
    )
    return handing_in(
        world, plan, 3, residual_probability=4, residual_impact=4, requires_approval=True
    )


def verified_by_oneself(world):
    assess(world.risk, (2, 2), (2, 2), by=world.manager)
    planned = PlannedAction("a1", "培训", world.manager.pk, tomorrow())
    plan = make_plan(world.risk, by=world.manager, submitted=True, actions=(planned,))
    action = finish_action(plan.actions.get(), by=world.manager, note="做完了")
    return Ways(
        (world.manager, f"/actions/{action.pk}/verify/", {}),
        (world.manager, f"actions/{action.pk}/verify/", None),
        lambda: Action.objects.update(state="verified", verified_by=world.manager),
    )
