"""The trail of a risk: its own audit events and those of the rows that belong to it.

A higher package names its rows in `ready()`:

    register_related(Related(Assessment, lambda risk: risk.assessments.values_list("pk", flat=True)))

The words of its actions and fields are named in `riskhub.oversight.words`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from registers.models import Risk, RiskOrigin, RiskProposal
from riskhub.audit.models import AuditEvent
from riskhub.oversight.words import Change, Told, tell

PER_PAGE = 60
_ECHOES = {"risk.assessed", "risk.plan_changed", "plan.shown"}
"""Acts that only repeat on the risk what was decided elsewhere."""
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
    action: str
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
    """One page, newest first. A page is a number of events; a step is hardly ever cut in two."""

    entries: list[Entry]
    number: int
    has_earlier: bool

    @property
    def later(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def earlier(self) -> int | None:
        return self.number + 1 if self.has_earlier else None


_JOINS: tuple[type[Model], ...] = (Risk.sources.through, Risk.service_lines.through)
_related: dict[type[Model], Related] = {
    RiskOrigin: Related(RiskOrigin, lambda risk: risk.origins.values_list("pk", flat=True)),
    RiskProposal: Related(RiskProposal, lambda risk: risk.proposals.values_list("pk", flat=True)),
}


def register_related(related: Related) -> None:
    _related[related.model] = related


def trail_of(risk: Risk, number: int = 1) -> Trail:
    """The number of queries depends on what is registered, not on how much happened."""
    number = max(number, 1)
    first = (number - 1) * PER_PAGE
    events = list(
        AuditEvent.objects.filter(_of(risk)).order_by("-id")[first : first + PER_PAGE + 1]
    )
    shown = reversed(events[:PER_PAGE])
    entries = [_entry(step) for step in _steps(map(_with_cells, tell(shown, about=risk)))]
    return Trail(entries[::-1], number, len(events) > PER_PAGE)


def _steps(told: Iterable[Told]) -> list[list[Told]]:
    """Events of one act belong together, and what an act shows on the risk belongs to the act."""
    steps: list[list[Told]] = []
    for one in told:
        if not steps or not _continues(steps[-1][0].event, one.event):
            steps.append([])
        steps[-1].append(one)
    return steps


def _continues(first: AuditEvent, event: AuditEvent) -> bool:
    is_same = (first.transaction_id, first.actor_name) == (event.transaction_id, event.actor_name)
    return is_same and event.action in {first.action, *_ECHOES}


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
        action=told[0].action,
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
