"""Who talks about plans, and who is told."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from assessments.models import ResponsePlan
from registers.permissions import can_comment_on_department
from registers.querysets import onlookers_of
from riskhub.accounts.models import User
from riskhub.files.discussions import Discussion
from riskhub.files.models import Comment
from riskhub.files.owners import Owner, register_owner
from riskhub.notices.services import tell_mentioned


def may_comment(user: User, plan: ResponsePlan) -> bool:
    return can_comment_on_department(user, plan.risk.owner_department_id)


def people_who_see(plan: ResponsePlan) -> QuerySet[User]:
    return onlookers_of([plan.risk.owner_department])


def _address(plan: ResponsePlan) -> str:
    return reverse("assessments:plan_detail", args=[plan.code])


def _tell(comment: Comment, row: ResponsePlan, people: Sequence[User], *, by: User) -> None:
    thing = f"{row.code} {row.risk.title}"
    tell_mentioned(comment, people, by=by, thing=thing, url=_address(row))


def _never(_user: User, _plan: ResponsePlan) -> bool:
    """What belongs to a plan stands in its versions, and files with the risk."""
    return False


def register_discussions() -> None:
    register_owner(
        Owner(
            ResponsePlan, visible=ResponsePlan.objects.visible_to, may_change=_never,
            page=_address, department="risk__owner_department",
            discussion=Discussion(may_comment, people_who_see, _tell),
        )
    )  # fmt: skip
