"""Who is told of a comment on a plan: the people whom it mentions."""

from collections.abc import Sequence

from django.urls import reverse

from assessments.models import ResponsePlan
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.files.models import Comment
from riskhub.notices.services import notify


def plan_address(plan: ResponsePlan) -> str:
    return reverse("assessments:plan_detail", args=[plan.code])


def tell_mentioned(
    comment: Comment, row: ResponsePlan, people: Sequence[User], *, by: User
) -> None:
    """The words themselves are not sent: they can be withdrawn, a notice cannot."""
    with acting(by, "notice.sent"):
        notify(
            people,
            by=by,
            kind="comment_mentioned",
            params={"name": str(by), "thing": f"{row.code} {row.risk.title}"},
            url=f"{plan_address(row)}#comment-{comment.pk}",
            dedupe=f"comment:{comment.pk}",
        )
