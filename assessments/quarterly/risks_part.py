"""The open risks, in the stored order of rank, with what their plans and last quarter say."""

from collections.abc import Iterable, Mapping

from django.db.models import Prefetch, QuerySet

from assessments.choices import ActionState, AssessmentState
from assessments.models import Assessment, ResponsePlan
from assessments.plans.content import PlanContent
from assessments.quarterly.frame import Frame
from assessments.quarterly.people import role_words
from assessments.quarterly.schema import Cell, MatrixPart, PlanBrief, RiskPart, Words
from assessments.quarterly.wording import day, title_of
from registers.choices import LEVEL_RANKS, LEVEL_WORDS
from registers.models import Risk

Last = Mapping[str, tuple[Cell | None, str | None]]
"""Code -> (cell, level) in the last quarter's report."""


def open_risks() -> QuerySet[Risk]:
    """Everything a report says of a risk, in seven queries however many there are."""
    plans = (
        ResponsePlan.objects.live().select_related("head", "in_force").prefetch_related("actions")
    )
    judged = Assessment.objects.filter(
        state__in=[AssessmentState.CONFIRMED, AssessmentState.SUBMITTED]
    )
    return (
        Risk.objects.open()
        .in_ranking()
        .select_related("register", "category", "area", "primary_source", "owner_department")
        .prefetch_related(
            Prefetch("plans", plans, to_attr="live_plans"),
            Prefetch("assessments", judged, to_attr="current_assessments"),
        )
    )


def risk_parts(
    risks: Iterable[Risk], matrix: MatrixPart, last: Last | None, frame: Frame
) -> list[RiskPart]:
    risks = list(risks)
    owners = role_words({risk.owner_id for risk in risks if risk.owner_id})
    return [
        _risk_part(rank, risk, owners, matrix=matrix, last=last, frame=frame)
        for rank, risk in enumerate(risks, start=1)
    ]


def _risk_part(
    rank: int,
    risk: Risk,
    owners: Mapping[int, Words],
    *,
    matrix: MatrixPart,
    last: Last | None,
    frame: Frame,
) -> RiskPart:
    confirmed, waiting = _assessments(risk)
    last_cell, last_level = (last or {}).get(risk.code, (None, None))
    residual = _cell(risk.residual_probability, risk.residual_impact)
    line = matrix["line_after"]
    area_line = matrix["area_lines"].get(risk.area.code, line) if risk.area else line
    plan = next(iter(risk.live_plans), None)  # type: ignore[attr-defined]  # see open_risks
    target = _cell(risk.target_probability, risk.target_impact), _word(risk.target_level)
    return {
        "rank": rank,
        "code": risk.code,
        "register": risk.register.code,
        "name": title_of(risk),
        "cause": risk.cause,
        "event": risk.event,
        "consequence": risk.consequence,
        "category": risk.category.code,
        "area": risk.area.code if risk.area else None,
        "source": risk.primary_source.code,
        "department": risk.owner_department.code,
        "owner": owners.get(risk.owner_id or 0),
        "state": risk.state,
        "importance": risk.business_importance,
        "priority": None if risk.standing_priority is None else float(risk.standing_priority),
        "inherent": _cell(risk.inherent_probability, risk.inherent_impact),
        "residual": residual,
        "target": target[0],
        "last": last_cell,
        "level": _word(risk.residual_level),
        "level_inherent": _word(risk.inherent_level),
        "level_target": target[1],
        "level_last": last_level,
        "moved_reason": confirmed.rationale if confirmed and last_cell != residual else "",
        "is_new": frame.holds(risk.accepted_at),
        "is_above": _is_above(risk, line),
        "is_above_area": _is_above(risk, area_line),
        "imported_note": bool(confirmed and confirmed.is_unlinked_import),
        "waits_for_confirmation": waiting is not None,
        "strategy": risk.plan_strategy or None,
        "plan": _plan_brief(plan) if plan else None,
        "assessed_on": day(risk.assessed_on),
        "next_review_on": day(risk.next_review_on),
    }


def _assessments(risk: Risk) -> tuple[Assessment | None, Assessment | None]:
    """The confirmed one and the one that waits."""
    found: dict[str, Assessment] = {
        a.state: a
        for a in risk.current_assessments  # type: ignore[attr-defined]  # see open_risks
    }
    return found.get(AssessmentState.CONFIRMED), found.get(AssessmentState.SUBMITTED)


def _plan_brief(plan: ResponsePlan) -> PlanBrief:
    head = plan.head
    assert head  # noqa: S101 - a plan is made with its first version
    content = PlanContent.parse(head.content)
    actions = list(plan.actions.all())
    pending = [a for a in actions if a.state in (ActionState.OPEN, ActionState.DOING)]
    due = [str(a.due_on) for a in pending or actions] or [a.due_on for a in content.actions]
    first = min(pending, key=lambda a: (a.due_on, a.pk), default=None)
    return {
        "code": plan.code,
        "version": head.number,
        "approved_version": plan.in_force.number if plan.in_force else None,
        "hash": head.content_hash,
        "state": plan.state,
        "strategy": head.strategy,
        "actions": len(actions) or len(content.actions),
        "actions_done": len(
            [a for a in actions if a.state in (ActionState.DONE, ActionState.VERIFIED)]
        ),
        "due_on": max(due, default=None),
        "next_step": first.title if first else "",
    }


def _cell(probability: int | None, impact: int | None) -> Cell | None:
    return None if probability is None or impact is None else [probability, impact]


def _word(level: int | None) -> str | None:
    return None if level is None else LEVEL_WORDS[level]


def _is_above(risk: Risk, line: str) -> bool:
    return risk.residual_level is not None and risk.residual_level > LEVEL_RANKS[line]
