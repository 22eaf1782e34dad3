"""Which actions stand in which list: one rule for the page and for the numbers that lead to it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import Action
from assessments.querysets import ActionQuerySet
from riskhub.accounts.models import User

MINE, VERIFY, LATE, OVERDUE, ALL = "mine", "verify", "late", "overdue", "all"
VIEWS = (
    (MINE, _("Mine")), (VERIFY, _("To verify")), (LATE, _("Late, of others")),
    (OVERDUE, _("All that are late")), (ALL, _("All that are open")),
)  # fmt: skip


def actions_in(view: str, user: User) -> ActionQuerySet:
    """Not yet done, the one that is due first at the top; of others those that the user answers for.

    To verify is what others have done, the one that has waited longest at the top.
    """
    if view == VERIFY:
        return Action.objects.visible_to(user).verifiable_by(user).order_by("done_at", "pk")
    pending = Action.objects.visible_to(user).pending().order_by("due_on", "pk")
    if view == MINE:
        return pending.filter(owner=user)
    if view in {LATE, OVERDUE}:
        pending = pending.filter(due_on__lt=timezone.localdate())
    return pending.of_own_roles(user).exclude(owner=user) if view == LATE else pending
