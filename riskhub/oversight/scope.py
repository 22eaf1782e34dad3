"""Whose events one reads: everybody's, those about the things of one's departments, and one's own.

A higher package says in `ready()` how its rows belong to a department:

    name_departments({Risk: "owner_department", Assessment: "risk__owner_department"})

Where a filter cannot name the way, a Way does.

Whoever answers for few things is given the events of these, by their keys. Where there are many, each
event is asked for the department of its thing, newest first: enough of them belong.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.db.models import (
    BigIntegerField,
    Case,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.audit.models import AuditEvent
from riskhub.oversight.permissions import can_read_audit

DEPARTMENT_READERS = (
    Role.DEPARTMENT_HEAD, Role.RISK_MANAGER, Role.APPROVER, Role.FINANCE, Role.AUDITOR,
)  # fmt: skip
FEW = 1000


@dataclass(frozen=True)
class Way:
    """`those_of(ids)` are the rows of departments; `of_each()` is the department of a row."""

    those_of: Callable[[Collection[int]], Q]
    of_each: Callable[[], Case | F]


_departments: dict[type[Model], Way] = {}


def name_departments(paths: Mapping[type[Model], str | Way]) -> None:
    """From a row to the department that it belongs to, as a filter would name the way."""
    for model, path in paths.items():
        _departments[model] = path if isinstance(path, Way) else _way(path)


def _way(path: str) -> Way:
    return Way(lambda ids: Q(**{f"{path}__in": ids}), lambda: F(path))


def events_visible_to(user: User) -> QuerySet[AuditEvent]:
    """Newest first."""
    events = AuditEvent.objects.order_by("-id")
    if can_read_audit(user):
        return events
    return _scoped(events, user, Q(actor_id=user.pk), DEPARTMENT_READERS)


def events_audited_by(user: User) -> QuerySet[AuditEvent]:
    """What the user reads as an auditor, and not as somebody who did it."""
    events = AuditEvent.objects.order_by("-id")
    if user.roles.everywhere(Role.AUDITOR):
        return events
    return _scoped(events, user, Q(pk__in=[]), [Role.AUDITOR])


def is_audited_by(user: User, event: AuditEvent) -> bool:
    return user.roles.has(Role.AUDITOR) and events_audited_by(user).filter(pk=event.pk).exists()


def _scoped(
    events: QuerySet[AuditEvent], user: User, own: Q, roles: Collection[Role]
) -> QuerySet[AuditEvent]:
    ids = user.roles.department_ids(*roles)
    if not ids or not _departments:
        return events.filter(own)
    keys = _keys_of(ids)
    if len(keys) > FEW:
        return events.alias(department=_department_of_each()).filter(own | Q(department__in=ids))
    things: dict[str, list[str]] = {}
    for table, key in keys:
        things.setdefault(table, []).append(key)
    for table, of_table in things.items():
        own |= Q(object_type=table, object_id__in=of_table)
    return events.filter(own)


def _keys_of(departments: Collection[int]) -> list[tuple[str, str]]:
    """(table, key) of what belongs to them, FEW + 1 at most; one query."""
    parts = [
        model._base_manager.filter(way.those_of(departments))
        .order_by()
        .values_list(Value(model._meta.db_table), Cast("pk", TextField()))[: FEW + 1]
        for model, way in _departments.items()
    ]
    return list(parts[0].union(*parts[1:], all=True)[: FEW + 1])


def _department_of_each() -> Case:
    return Case(
        *(
            When(
                object_type=model._meta.db_table,
                object_id__regex=r"^[0-9]{1,18}$",  # a note on all of a kind names no row
                then=Subquery(
                    model._base_manager.filter(pk=Cast(OuterRef("object_id"), BigIntegerField()))
                    .annotate(department_of_row=way.of_each())
                    .values("department_of_row")[:1]
                ),
            )
            for model, way in _departments.items()
        ),
        default=None,
        output_field=BigIntegerField(),
    )
