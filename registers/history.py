"""The trail of a risk: its own audit events and those of the rows that belong to it.

A higher package names its rows in `ready()`:

    register_related(Related(Assessment, lambda risk: risk.assessments.values_list("pk", flat=True)))

The words of its actions and fields are named in `riskhub.oversight.words`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Max, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registers.models import Risk, RiskOrigin
from riskhub.audit.models import AuditEvent
from riskhub.oversight.words import Change, Told, tell

PER_PAGE = 20
_KINDS = {"inherent": _("Inherent"), "residual": _("Residual"), "target": _("Target")}
_MOST = 15


@dataclass(frozen=True)
class Related:
    """Rows of `model` that belong to a risk: `keys(risk)` answers their primary keys in one query."""

    model: type[Model]
    keys: Callable[[Risk], Iterable[Any]]


@dataclass(frozen=True)
class Entry:
    """What one person did in one step: several rows may have changed in it."""

    at: datetime
    actor: str
    actions: list[str]
    reason: str
    changes: list[Told]

    @property
    def size(self) -> int:
        """How many fields changed in it."""
        return sum(len(told.changes) for told in self.changes)

    @property
    def is_long(self) -> bool:
        """A new risk with all its fields, or more than a screen: folded until it is asked for."""
        own = Risk._meta.db_table
        is_new = any(
            t.event.operation == "insert" and t.event.object_type == own for t in self.changes
        )
        return is_new or self.size > _MOST


@dataclass(frozen=True)
class Trail:
    """One page of entries, newest first, out of `count`."""

    entries: list[Entry]
    number: int
    count: int
    per_page: int = PER_PAGE

    @property
    def later(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def earlier(self) -> int | None:
        return self.number + 1 if self.number * self.per_page < self.count else None

    @property
    def left(self) -> int:
        """How many entries are older than those on this page."""
        return max(0, self.count - self.number * self.per_page)


_JOINS: tuple[type[Model], ...] = (Risk.sources.through, Risk.service_lines.through)
_related: dict[type[Model], Related] = {
    RiskOrigin: Related(RiskOrigin, lambda risk: risk.origins.values_list("pk", flat=True))
}


def register_related(related: Related) -> None:
    _related[related.model] = related


def trail_of(risk: Risk, number: int = 1, per_page: int = PER_PAGE) -> Trail:
    """The number of queries depends on what is registered, not on how much happened."""
    events = AuditEvent.objects.filter(_of(risk))
    steps = events.values("transaction_id").annotate(last=Max("id")).order_by("-last")
    count = events.aggregate(count=Count("transaction_id", distinct=True))["count"]
    number = min(max(number, 1), max(1, -(-count // per_page)))
    shown = steps.values("transaction_id")[(number - 1) * per_page : number * per_page]
    told = map(_with_cells, tell(_told(events.filter(transaction_id__in=shown)), about=risk))
    groups = groupby(told, key=lambda one: one.event.transaction_id)
    entries = [_entry(list(group)) for _transaction, group in groups]
    entries.sort(key=lambda entry: entry.changes[-1].event.pk, reverse=True)
    return Trail(entries, number, count, per_page)


def _told(events: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
    return events.order_by("transaction_id", "id")


def _with_cells(told: Told) -> Told:
    """Probability, impact and level that changed together are one cell: “High 2, 5”."""
    changes = {change.field: change for change in told.changes}
    if len(changes) < len(told.changes):  # a field that was taken apart
        return told
    for kind, name in _KINDS.items():
        parts = [changes.get(f"{kind}_{part}") for part in ("level", "probability", "impact")]
        if all(parts):
            level, probability, impact = (part for part in parts if part)
            changes[level.field] = Change(
                str(name),
                _cell(level.before, probability.before, impact.before),
                _cell(level.after, probability.after, impact.after),
                level.field,
            )
            del changes[probability.field], changes[impact.field]
    return replace(told, changes=list(changes.values()))


def _cell(level: str, probability: str, impact: str) -> str:
    return f"{level} {probability}, {impact}" if level else ""


def _entry(told: list[Told]) -> Entry:
    first = told[0].event
    return Entry(
        at=first.at,
        actor=first.actor_name,
        actions=list(dict.fromkeys(one.action for one in told)),
        reason=next((one.event.reason for one in told if one.event.reason), ""),
        changes=told,
    )


def _of(risk: Risk) -> Q:
    own = Q(object_type=Risk._meta.db_table, object_id=str(risk.pk))
    found = own | _joined(risk)
    for related in _related.values():
        found |= _rows(related.model, related.keys(risk))
    return found


def _joined(risk: Risk) -> Q:
    """Rows that join the risk to its sources and lines come and go; a removed one is known by its event."""
    own = Q(object_type=Risk._meta.db_table, object_id=str(risk.pk), operation="update")
    removed = AuditEvent.objects.filter(
        object_type__in=[model._meta.db_table for model in _JOINS],
        operation="delete",
        before__risk_id=risk.pk,
        transaction_id__in=AuditEvent.objects.filter(own).values("transaction_id"),
    )
    keys: dict[str, list[str]] = {}
    for table, key in removed.values_list("object_type", "object_id"):
        keys.setdefault(table, []).append(key)
    found = Q(pk__in=[])
    for model in _JOINS:
        present = model._default_manager.filter(risk=risk).values_list("pk", flat=True)
        found |= _rows(model, [*present, *keys.get(model._meta.db_table, [])])
    return found


def _rows(model: type[Model], keys: Iterable[Any]) -> Q:
    return Q(object_type=model._meta.db_table, object_id__in=[str(key) for key in keys])
