"""Which reassessment tasks stand in which list: one rule for the page and the numbers that lead to it."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from assessments.models import ReassessmentTask
from assessments.permissions import can_answer_any
from assessments.querysets import ANSWERERS, ReassessmentQuerySet
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User

MINE, DEPARTMENT, LATE, NOBODY, ALL = "mine", "department", "late", "nobody", "all"


def views_for(user: User) -> list[tuple[str, StrPromise]]:
    """Of one's own risks, of those of one's department and its parts, of nobody's, and all that one sees."""
    own = [(DEPARTMENT, _("My department"))] if user.department_id else []
    return [
        (MINE, _("Mine")),
        *own,
        (LATE, _("Overdue")),
        (NOBODY, _("Without owner")),
        (ALL, _("All")),
    ]


def first_view(user: User) -> str:
    """Who looks after the register begins with the whole of it; so does who may do none of them."""
    if user.roles.has(Role.RISK_MANAGER) or not can_answer_any(user):
        return ALL
    return MINE


def tasks_in(view: str, user: User) -> ReassessmentQuerySet:
    """Still to be done, what is due first at the top: what is overdue stands before the rest."""
    tasks = ReassessmentTask.objects.visible_to(user).open().of_open_risks()
    return tasks.filter(condition_of(view, user)).order_by("due_on", "pk")


def condition_of(view: str, user: User) -> Q:
    if view == MINE:
        return _mine(user)
    if view == DEPARTMENT and user.department:
        within = Department.objects.within(user.department)
        return Q(risk__owner_department__in=within.values("pk"))
    narrowed = {LATE: Q(due_on__lt=timezone.localdate()), NOBODY: Q(risk__owner=None)}
    return narrowed.get(view, Q())


def _mine(user: User) -> Q:
    """Of one's own risks; and in the departments that one heads of those whose owner may not assess."""
    able = User.objects.holding(*ANSWERERS).values("pk")
    heads = Q(risk__owner_department__in=user.roles.department_ids(Role.DEPARTMENT_HEAD))
    own = Q(risk__owner=user)
    if not user.roles.everywhere(*ANSWERERS):
        own &= Q(risk__owner_department__in=user.roles.department_ids(*ANSWERERS))
    return own | (heads & (Q(risk__owner=None) | ~Q(risk__owner__in=able)))
