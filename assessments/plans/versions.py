"""Versions of a plan: the next one, and the earlier ones beside which the one that waits is read."""

import re
from copy import copy

from django.db.models import Max, Q, QuerySet

from assessments.choices import Decision
from assessments.models import Approval, PlanVersion, ResponsePlan

_HASH = re.compile("[0-9a-f]{64}")


def next_number(plan: ResponsePlan) -> int:
    return (plan.versions.aggregate(number=Max("number"))["number"] or 0) + 1


def written_again(version: PlanVersion, number: int) -> PlanVersion:
    """The same words as they would be submitted now: nothing of the former level is frozen in them."""
    again = copy(version)
    again.number, again.submitted_at, again.residual_level, again.target_level = (
        number, None, None, None,
    )  # fmt: skip
    return again


def version_before(plan: ResponsePlan, approved: Approval | None) -> PlanVersion | None:
    """The one approved or in force; of a plan that never was, the one submitted before."""
    if approved:
        return approved.version
    return plan.in_force or _submitted(plan).last()


def version_opened(plan: ResponsePlan, content_hash: str) -> PlanVersion | None:
    """The one with the text that an open page showed, where another waits by now."""
    if not _HASH.fullmatch(content_hash):
        return None
    return _submitted(plan).filter(content_hash=content_hash).last()


def _submitted(plan: ResponsePlan) -> QuerySet[PlanVersion]:
    earlier = plan.versions.filter(head_of=None).exclude(submitted_at=None)
    return earlier.order_by("number")


def versions_to_compare(
    plan: ResponsePlan, before: int | None = None, after: int | None = None
) -> tuple[PlanVersion, PlanVersion]:
    """By their numbers; unless given, from the one that held before (or the one before) to the newest.

    A number that the plan does not have is as if it was not given. Two queries.
    """
    by_number = {version.number: version for version in plan.versions.order_by("number")}
    newest = max(by_number)
    new = by_number.get(after or newest, by_number[newest])
    earlier = [number for number in by_number if number < new.number]
    held = _held(plan).intersection(earlier)
    usual = max(held or earlier, default=new.number)
    return by_number.get(before or usual, by_number[usual]), new


def _held(plan: ResponsePlan) -> set[int]:
    """The numbers of those that were approved, or came into force without."""
    is_approved = Q(approvals__decision=Decision.APPROVED)
    needed_none = Q(requires_approval=False, submitted_at__isnull=False)
    return set(plan.versions.filter(is_approved | needed_none).values_list("number", flat=True))
