"""What is granted of the resources of a plan: before, and where nothing is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.models import ResourceLine, ResponsePlan
from assessments.plans.content import PlanContent, PlannedResource


@dataclass(frozen=True)
class Grant:
    """How much of a resource management gives; more than was asked for needs a note."""

    amount: Decimal
    note: str = ""


def granted_before(plan: ResponsePlan) -> dict[str, ResourceLine]:
    """By the keys of the resources: what the version in force was granted."""
    if plan.in_force_id is None:
        return {}
    return {line.key: line for line in ResourceLine.objects.filter(version=plan.in_force_id)}


def usual_grants(content: PlanContent, before: Mapping[str, ResourceLine]) -> dict[str, Grant]:
    """An unchanged line as before, so that nobody raises it unseen; any other as it is asked for."""
    return {one.key: _usual(one, before.get(one.key)) for one in content.resources}


def _usual(asked: PlannedResource, before: ResourceLine | None) -> Grant:
    if before is None or not _is_unchanged(asked, before):
        return Grant(asked.quantity)
    return Grant(before.granted, before.granted_note)


def _is_unchanged(asked: PlannedResource, before: ResourceLine) -> bool:
    now = (asked.kind, asked.what, asked.quantity, asked.unit)
    return now == (before.kind, before.what, before.amount, before.unit)
