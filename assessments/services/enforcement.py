"""What happens when a version comes into force, stays in force, or the plan ends."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from assessments.choices import ActionState
from assessments.models import Action, ContingencyPlan, PlanVersion, ResourceLine, ResponsePlan
from assessments.plans.content import PlanContent, PlannedAction
from assessments.plans.grants import Grant, granted_before, usual_grants
from assessments.services.contingency_risks import link_contingency
from assessments.services.plan_standing import show_plan
from assessments.services.reassessment_causes import reassess_after_plan
from registers.choices import PlanState
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import move, move_all
from riskhub.audit.versions import save_fields
from riskhub.company.preferences import company_zone

_FINISHED = (ActionState.DONE, ActionState.VERIFIED)


def put_in_force(
    plan: ResponsePlan, version: PlanVersion, *, by: User, grants: Mapping[str, Grant] | None = None
) -> None:
    """Its actions become rows by key, those no longer written are cancelled.

    So do the resources; `grants` by their keys: where nothing is said as before, of a new or changed one
    all that was asked for. The contingency plan that it names answers the risk from now on.
    """
    with acting(by, "plan.approved" if version.requires_approval else "plan.put_in_force"):
        content = PlanContent.parse(version.content)
        usual = usual_grants(content, granted_before(plan)) if content.resources else {}
        move(plan, PlanState.APPROVED, in_force=version)
        _write_resources(version, content, usual | dict(grants or {}))
        written = content.actions
        present = {action.key: action for action in plan.actions.select_for_update()}
        for planned in written:
            _write_action(plan, present.pop(planned.key, None), planned)
        _cancel(list(present.values()))
        if content.contingency:
            named = ContingencyPlan.objects.get(pk=content.contingency)
            link_contingency(named, plan.risk, by=by)
        take_along(plan, by=by)


def keep_in_force(plan: ResponsePlan, *, by: User) -> None:
    """A further version was rejected or given up: the plan is again what was approved before.

    Where that accepted the risk until a day that is over by now, it has expired.
    """
    with acting(by, "plan.kept_in_force"):
        move(plan, PlanState.APPROVED, head=plan.in_force)
        until = plan.in_force.accept_until if plan.in_force else None
        if until and until < timezone.localdate(timezone=company_zone()):
            move(plan, PlanState.EXPIRED)
            show_plan(plan, by=by)
        else:
            take_along(plan, by=by)


def take_along(plan: ResponsePlan, *, by: User) -> None:
    """From approved to where its actions are: in progress with the first done, completed with the last."""
    with acting(by, "plan.progressed"):
        states = set(plan.actions.values_list("state", flat=True)) - {ActionState.CANCELLED}
        if plan.state == PlanState.APPROVED and not states.isdisjoint(_FINISHED):
            move(plan, PlanState.IN_PROGRESS)
        is_done = states.issubset(_FINISHED)
        is_carried_out = plan.state == PlanState.IN_PROGRESS and is_done
        if is_carried_out:
            move(plan, PlanState.COMPLETED)
        elif plan.state == PlanState.COMPLETED and not is_done:
            move(plan, PlanState.IN_PROGRESS)
        show_plan(plan, by=by)
        if is_carried_out:
            reassess_after_plan(plan, by=by)


def end_plan(plan: ResponsePlan, to: PlanState, *, by: User, reason: str) -> None:
    """Withdrawn or rejected as a whole: what was not done is not to be done any more."""
    with acting(by, f"plan.{to.value}", reason):
        move(plan, to, ended_reason=reason, in_force=None)
        _cancel(list(plan.actions.all()))
        show_plan(plan, by=by)


def _write_action(plan: ResponsePlan, present: Action | None, planned: PlannedAction) -> None:
    fields = {
        "title": planned.title,
        "owner_id": planned.owner,
        "department_id": plan.risk.owner_department_id,
        "due_on": date.fromisoformat(planned.due_on),
        "control_id": planned.control,
        "every_days": planned.every_days,
    }
    if present is None:
        Action.objects.create(plan=plan, key=planned.key, **fields)
        return
    if present.state == ActionState.CANCELLED:
        move(present, ActionState.OPEN)
    if any(getattr(present, name) != value for name, value in fields.items()):
        save_fields(present, **fields)


def _write_resources(
    version: PlanVersion, content: PlanContent, grants: Mapping[str, Grant]
) -> None:
    lines = []
    for order, asked in enumerate(content.resources):
        grant = grants[asked.key]
        lines.append(
            ResourceLine(
                version=version, key=asked.key, order=order, kind=asked.kind, what=asked.what,
                amount=asked.quantity, unit=asked.unit, granted=grant.amount,
                granted_note=grant.note,
            )
        )  # fmt: skip
    ResourceLine.objects.bulk_create(lines)


def _cancel(actions: list[Action]) -> None:
    pending = [one for one in actions if one.state in (ActionState.OPEN, ActionState.DOING)]
    move_all(pending, ActionState.CANCELLED)
