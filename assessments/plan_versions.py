"""Earlier versions of a plan beside which the one that waits is read."""

from django.db.models import QuerySet

from assessments.models import Approval, PlanVersion, ResponsePlan


def version_before(plan: ResponsePlan, approved: Approval | None) -> PlanVersion | None:
    """The one approved or in force; of a plan that never was, the one submitted before."""
    if approved:
        return approved.version
    return plan.in_force or _submitted(plan).last()


def version_opened(plan: ResponsePlan, content_hash: str) -> PlanVersion | None:
    """The one with the text that an open page showed, where another waits by now."""
    return _submitted(plan).filter(content_hash=content_hash).last() if content_hash else None


def _submitted(plan: ResponsePlan) -> QuerySet[PlanVersion]:
    earlier = plan.versions.filter(head_of=None).exclude(submitted_at=None)
    return earlier.order_by("number")
