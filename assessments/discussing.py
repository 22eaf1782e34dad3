"""Who talks about plans, and who is told."""

from django.db.models import QuerySet

from assessments.models import ResponsePlan
from assessments.services.comment_notices import plan_address, tell_mentioned
from registers.permissions import can_comment_on_department
from registers.querysets import onlookers_of
from riskhub.accounts.models import User
from riskhub.files.discussions import Discussion
from riskhub.files.owners import Owner, register_owner


def may_comment(user: User, plan: ResponsePlan) -> bool:
    return can_comment_on_department(user, plan.risk.owner_department_id)


def people_who_see(plan: ResponsePlan) -> QuerySet[User]:
    return onlookers_of([plan.risk.owner_department])


def _never(_user: User, _plan: ResponsePlan) -> bool:
    """What belongs to a plan stands in its versions, and files with the risk."""
    return False


def register_discussions() -> None:
    register_owner(
        Owner(
            ResponsePlan, visible=ResponsePlan.objects.visible_to, may_change=_never,
            page=plan_address, department="risk__owner_department",
            discussion=Discussion(may_comment, people_who_see, tell_mentioned),
        )
    )  # fmt: skip
