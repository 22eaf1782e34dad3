"""Shortest ways to the things that tests need, through the services that make them in earnest."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from assessments.people import sponsors_for
from assessments.plans.content import PlanContent, PlannedAction
from assessments.services import (
    Scores,
    confirm_assessment,
    create_plan,
    record_assessment,
    submit_plan,
)
from registers.choices import Level
from registers.models import InsurancePolicy, ProcessNode, RiskCategory, RiskControl, RiskSource
from registers.services import (
    RiskDraft,
    TransferDraft,
    create_risk,
    create_risks,
    create_transfer,
    link_control,
)
from registers.services.checks import CheckFound, last_check_of, record_check
from registers.services.controls import ControlDraft, create_control
from tests.contingency import make_contingency


def make_risk(register, *, by, title="客户家中漏水", department=None, **fields):
    """A risk in state identified, of the register's department unless another is given."""
    draft = RiskDraft(
        register=register,
        title=title,
        event=fields.pop("event", "维修后漏水"),
        category=RiskCategory.objects.get(code=fields.pop("category", "operational")),
        primary_source=RiskSource.objects.get(code=fields.pop("source", "internal_record")),
        owner_department=department or register.department,
        **fields,
    )
    day = draft.next_review_on
    if day and day < timezone.localdate():
        return create_risks([draft], by=by)[0]  # as a file brings it
    return create_risk(draft, by=by)


def cover(risk, inherent, residual, *, by):
    """No control, no reduction: controls in use that give just this residual, where none do yet."""
    kinds = {"probability": "preventive", "impact": "mitigating"}
    links = RiskControl.objects.filter(risk=risk, control__state="active")
    for (axis, kind), before, after in zip(kinds.items(), inherent, residual, strict=True):
        steps = before - after - sum(link.strength for link in links if link.acts_on == axis)
        while steps > 0:
            control = make_control(risk.owner_department, by=by, type=kind)
            link_control(risk, control, by=by, acts_on=axis, strength=min(2, steps))
            steps -= 2


def assess(risk, inherent, residual, *, by, confirmed_by=None, target=None):
    """A submitted assessment; confirmed when a second person is given or none is needed."""
    cover(risk, inherent, residual, by=by)
    assessment = record_assessment(
        risk, by=by, scores=Scores(inherent, residual, target), rationale="三起同类事件"
    )
    if confirmed_by and assessment.state == "submitted":
        confirm_assessment(assessment, by=confirmed_by)
    risk.refresh_from_db()
    return assessment


def special(risk, *, by):
    """What the plan of a critical risk says beyond its strategy."""
    sponsor = sponsors_for(risk).first()
    return {
        "special_measures": "停止高空作业", "sponsor": sponsor and sponsor.pk,
        "contingency": make_contingency(risk.owner_department, by=by).pk,
    }  # fmt: skip


def avoiding(what="停止", **fields):
    """The content of a plan that gives up a step of the service."""
    node = ProcessNode.objects.in_order().first()
    return PlanContent("avoid", avoid_what=what, avoid_node=node.pk, **fields)


def make_plan(risk, *, by, submitted=False, **content):
    """A mitigation plan with one action, as a draft or submitted."""
    risk.refresh_from_db()
    if risk.residual_level == Level.CRITICAL:
        content = special(risk, by=by) | content
    fields = {
        "strategy": "mitigate",
        "objective": "一年内降到中",
        "actions": (
            PlannedAction("a1", "完工试压 10 分钟", by.pk, timezone.localdate().isoformat()),
        ),
    } | content
    plan = create_plan(risk, by=by, content=PlanContent(**fields))
    if submitted:
        submit_plan(plan, by=by)
        plan.refresh_from_db()
    return plan


def make_control(department, *, by, title="完工试压", **fields):
    """A preventive control in use, checked every 30 days, unless told otherwise."""
    values = {"type": "preventive", "check_every_days": 30} | fields
    control = create_control(
        ControlDraft(title=title, owner_department=department, **values), by=by
    )
    control.refresh_from_db()
    return control


def check(control, sample=20, exceptions=0, *, by, **fields):
    """The check that is due, done today, from a page that was opened just now."""
    control.refresh_from_db()
    values = {"done_on": timezone.localdate(), "design_ok": True, "client_uuid": uuid4()} | fields
    found = CheckFound(sample_size=sample, exceptions=exceptions, **values)
    made = record_check(control, found, by=by, last_check=last_check_of(control))
    control.refresh_from_db()
    return made


def make_policy(*, by, code="P-1", days=10, **fields):
    """Holds for so many more days; None: without an end."""
    until = None if days is None else timezone.localdate() + timedelta(days=days)
    names = {"name_zh": "责任险", "name_en": "Liability"} | fields
    return create_transfer(
        InsurancePolicy, TransferDraft(code=code, valid_until=until, **names), by=by
    )
