"""Which checks stand in which list: one rule for the page and for the numbers that lead to it."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from registers.control_querysets import ControlQuerySet
from registers.models import Control
from registers.permissions import KEEPERS, can_create_control, only_reads
from riskhub.accounts.models import User

SOON = 7
"""A check that is due within so many days is work of this week."""
DUE, MINE, OTHERS = "due", "mine", "others"


def views_for(user: User) -> list[tuple[str, StrPromise]]:
    """One's own, and for who answers for departments what others have not done there."""
    views = [(DUE, _("Mine, due within 7 days")), (MINE, _("All of mine"))]
    return [*views, (OTHERS, _("Overdue, of others"))] if can_create_control(user) else views


def checks_in(view: str, user: User) -> ControlQuerySet:
    """The controls to be checked, the one that is due first at the top."""
    today = timezone.localdate()
    controls = Control.objects.visible_to(user).in_use().order_by("next_check_on", "number")
    if view == OTHERS:
        return controls.overdue(today).filter(_answered_for(user)).exclude(owner=user)
    if only_reads(user):
        return controls.none()
    mine = controls.owned_by(user)
    return mine if view == MINE else mine.due_until(today + timedelta(days=SOON))


def _answered_for(user: User) -> Q:
    if user.roles.everywhere(*KEEPERS):
        return Q()
    return Q(owner_department__in=user.roles.department_ids(*KEEPERS))
