"""Who talks about plans, who is told, and who adds files to their actions."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from assessments.models import Action, ResponsePlan
from assessments.permissions import may_finish_action
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


def _may_prove(user: User, action: Action) -> bool:
    return may_finish_action(user, action)


def register_discussions() -> None:
    register_owner(
        Owner(
            Action, visible=Action.objects.visible_to, may_change=_may_prove,
            page=lambda action: _address(action.plan), department="plan__risk__owner_department",
        )
    )  # fmt: skip
    register_owner(
        Owner(
            ResponsePlan, visible=ResponsePlan.objects.visible_to, may_change=_never,
            page=_address, department="risk__owner_department",
            discussion=Discussion(may_comment, people_who_see, _tell),
        )
    )  # fmt: skip
