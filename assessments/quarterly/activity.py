"""What happened in the quarter and what waits: closings, decisions, confirmations, overdue actions."""

from datetime import timedelta

from assessments.choices import AssessmentState
from assessments.models import Action, Approval, Assessment, ResponsePlan
from assessments.plans.content import PlanContent
from assessments.plans.due_times import days_to_decide
from assessments.quarterly.frame import Frame
from assessments.quarterly.people import delegated, role_words
from assessments.quarterly.schema import (
    AcceptancePart,
    ClosedPart,
    ConfirmationPart,
    DecisionPart,
    OverduePart,
    WaitingPart,
)
from assessments.quarterly.wording import moment, title_of
from registers.choices import LEVEL_WORDS, Strategy
from registers.models import Risk
from riskhub.company.calendar import days_between

_ACCEPTANCE_AHEAD = timedelta(days=60)


def closed_risks(frame: Frame) -> list[ClosedPart]:
    risks = (
        Risk.objects.counted()
        .filter(closed_at__gte=frame.start, closed_at__lt=frame.end)
        .select_related("merged_into")
        .order_by("number")
    )
    return [
        {
            "code": risk.code,
            "name": title_of(risk),
            "closed_on": risk.closed_at.astimezone(frame.zone).date().isoformat(),
            "merged_into": risk.merged_into.code if risk.merged_into else None,
            "reason": risk.closed_reason,
        }
        for risk in risks
        if risk.closed_at
    ]


def plans_waiting(frame: Frame) -> list[WaitingPart]:
    """The longest waiting first; the date follows from the level that the plan answers."""
    days = days_to_decide()
    plans = (
        ResponsePlan.objects.awaiting_approval()
        .select_related("head", "risk")
        .order_by("head__submitted_at", "number")
    )
    return [_waiting(plan, days, frame) for plan in plans]


def _waiting(plan: ResponsePlan, days: dict[int, int], frame: Frame) -> WaitingPart:
    head = plan.head
    assert head and head.submitted_at  # noqa: S101, PT018 - state submitted
    allowed = days.get(head.residual_level or 0)
    submitted = head.submitted_at.astimezone(frame.zone).date()
    return {
        "plan": plan.code,
        "version": head.number,
        "hash": head.content_hash,
        "risk": plan.risk.code,
        "strategy": head.strategy,
        "ask": PlanContent.parse(head.content).objective,
        "residual": _cell(head.residual_probability, head.residual_impact),
        "target": _cell(head.target_probability, head.target_impact),
        "submitted_on": submitted.isoformat(),
        "waiting_days": frame.days_since(head.submitted_at),
        "due_on": (submitted + timedelta(days=allowed)).isoformat() if allowed else None,
    }


def confirmations_waiting(frame: Frame) -> list[ConfirmationPart]:
    rows = (
        Assessment.objects.filter(state=AssessmentState.SUBMITTED)
        .select_related("risk")
        .order_by("submitted_at", "id")
    )
    return [
        {
            "risk": row.risk.code,
            "residual": [row.residual_probability or 0, row.residual_impact or 0],
            "level": LEVEL_WORDS[row.residual_level or 0],
            "submitted_on": row.submitted_at.astimezone(frame.zone).date().isoformat(),
            "waiting_days": frame.days_since(row.submitted_at),
        }
        for row in rows
        if row.submitted_at
    ]


def acceptances(frame: Frame) -> list[AcceptancePart]:
    """Acceptances in force that end within 60 days, or have ended."""
    plans = (
        ResponsePlan.objects.live()
        .filter(
            in_force__strategy=Strategy.ACCEPT,
            in_force__accept_until__lte=frame.today + _ACCEPTANCE_AHEAD,
        )
        .select_related("in_force", "risk")
        .order_by("in_force__accept_until", "number")
    )
    return [
        {
            "risk": plan.risk.code,
            "plan": plan.code,
            "until": plan.in_force.accept_until.isoformat(),
            "reason": plan.in_force.accept_reason,
        }
        for plan in plans
        if plan.in_force and plan.in_force.accept_until
    ]


def actions_overdue(frame: Frame) -> list[OverduePart]:
    rows = (
        Action.objects.pending()
        .filter(due_on__lt=frame.today)
        .select_related("plan__risk", "department")
        .order_by("due_on", "plan__number", "id")
    )
    return [
        {
            "plan": row.plan.code,
            "risk": row.plan.risk.code,
            "action": row.title,
            "department": row.department.code,
            "due_on": row.due_on.isoformat(),
            "days": (frame.today - row.due_on).days,
        }
        for row in rows
    ]


def decisions(frame: Frame) -> list[DecisionPart]:
    rows = list(
        Approval.objects.filter(at__gte=frame.start, at__lt=frame.end)
        .select_related("version__plan__risk")
        .order_by("at", "id")
    )
    roles = role_words({row.on_behalf_of_id or row.approver_id for row in rows})
    return [
        {
            "plan": row.version.plan.code,
            "version": row.version.number,
            "hash": row.content_hash,
            "risk": row.version.plan.risk.code,
            "who": (
                delegated(roles[row.on_behalf_of_id])
                if row.on_behalf_of_id
                else roles[row.approver_id]
            ),
            "decided_at": moment(row.at, frame.zone),
            "decision": row.decision,
            "comment": row.comment,
            "days": days_between(row.version.submitted_at or row.at, row.at, frame.zone),
        }
        for row in rows
    ]


def _cell(probability: int | None, impact: int | None) -> list[int] | None:
    return None if probability is None or impact is None else [probability, impact]
