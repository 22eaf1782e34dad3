"""Who hears of a plan: the approvers when it waits, its author when it is decided."""

from django.db.models import F
from django.urls import reverse

from assessments.models import Approval, ResourceLine, ResponsePlan
from assessments.people import deciders_of
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.notices.services import notify


def tell_approvers(plan: ResponsePlan, *, by: User) -> None:
    with acting(by, "notice.sent"):
        head = plan.head
        notify(
            deciders_of(plan),
            by=by,
            kind="plan_waiting",
            params={"plan": plan.code, "risk": plan.risk.code, "title": plan.risk.names},
            url=reverse("assessments:plan_decide", args=[plan.code]),
            dedupe=f"plan_waiting:{plan.pk}:{head.number if head else 0}",
        )


def tell_author(plan: ResponsePlan, approval: Approval, *, by: User) -> None:
    with acting(by, "notice.sent"):
        author = approval.version.submitted_by
        cut = ResourceLine.objects.filter(version=approval.version, granted__lt=F("amount"))
        lines = "; ".join(cut.values_list("what", flat=True))
        params = {"plan": plan.code, "risk": plan.risk.code, "title": plan.risk.names}
        notify(
            [author] if author else [],
            by=by,
            kind="plan_approved_less" if lines else f"plan_{approval.decision}",
            params=params | {"lines": lines} if lines else params,
            url=reverse("assessments:plan_detail", args=[plan.code]),
            dedupe=f"plan_decided:{approval.pk}",
        )
