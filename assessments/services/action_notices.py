"""Who hears of an action: those who verify it when it is done, its owner when it is not."""

from django.urls import reverse

from assessments.models import Action
from assessments.people import verifiers_of
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.notices.services import notify


def tell_verifiers(action: Action, *, by: User) -> None:
    with acting(by, "notice.sent"):
        notify(
            verifiers_of(action), by=by, kind="action_done",
            params={"title": action.title, "plan": action.plan.code, "name": str(by)},
            url=reverse("assessments:action_verify", args=[action.pk]),
            dedupe=f"action_done:{action.pk}:{action.row_version}",
        )  # fmt: skip


def tell_owner(action: Action, *, by: User, reason: str) -> None:
    with acting(by, "notice.sent"):
        notify(
            [action.owner], by=by, kind="action_reopened",
            params={"title": action.title, "plan": action.plan.code, "reason": reason},
            url=reverse("assessments:plan_detail", args=[action.plan.code]),
            dedupe=f"action_reopened:{action.pk}:{action.row_version}",
        )  # fmt: skip
