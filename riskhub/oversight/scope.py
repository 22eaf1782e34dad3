"""Whose events one reads: everybody's, those about the things of one's departments, and one's own.

A higher package says in `ready()` how its rows belong to a department:

    name_departments({Risk: "owner_department", Assessment: "risk__owner_department"})
"""

from collections.abc import Mapping

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.audit.models import AuditEvent
from riskhub.oversight.permissions import can_read_audit

DEPARTMENT_READERS = (
    Role.DEPARTMENT_HEAD, Role.RISK_MANAGER, Role.APPROVER, Role.FINANCE, Role.AUDITOR,
)  # fmt: skip
_departments: dict[type[Model], str] = {}


def name_departments(paths: Mapping[type[Model], str]) -> None:
    """From a row to the department that it belongs to, as a filter would name the way."""
    _departments.update(paths)


def events_visible_to(user: User) -> QuerySet[AuditEvent]:
    """Newest first."""
    events = AuditEvent.objects.order_by("-id")
    if can_read_audit(user):
        return events
    mine = Q(actor_id=user.pk)
    ids = user.roles.department_ids(*DEPARTMENT_READERS)
    for model, path in _departments.items() if ids else ():
        rows = model._base_manager.filter(**{f"{path}__in": ids})
        keys = rows.annotate(as_text=Cast("pk", TextField())).values("as_text")
        mine |= Q(object_type=model._meta.db_table, object_id__in=keys)
    return events.filter(mine)
