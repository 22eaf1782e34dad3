"""The trail of a risk: its own audit events and those of the rows that belong to it, in words.

Which rows belong to it stands in `registers.related`, the words of actions and fields in
`riskhub.oversight.words`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registers.gist import gist_of
from registers.models import Risk
from registers.related import events_of, signed_of
from riskhub.audit.models import AuditEvent
from riskhub.entry.texts import prose
from riskhub.files.models import Comment, CommentWithdrawal
from riskhub.oversight.words import Change, Told, tell

PER_PAGE = 60
_ECHOES = {"risk.assessed", "risk.plan_changed", "plan.shown"}
"""Acts that only repeat on the risk what was decided elsewhere."""
_REPEATED = {"plan_strategy", "plan_state", "plan_version", "plan_in_force"}
"""What the risk repeats of a plan; the rows of the plan say it already."""
_AT_ONCE = {
    "assessment.submitted": "assessment.confirmed",
    "assessment.imported": "assessment.confirmed",
}
"""What needs no second person is done with its act."""
_NOT_PEOPLE = ("at", "decision")
_KINDS = {"inherent": _("Inherent"), "residual": _("Residual"), "target": _("Target")}
_MOST = 15


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
    def gist(self) -> str:
        """What it did, in half a sentence."""
        return gist_of(self.changes)

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


def trail_of(risk: Risk, number: int = 1, *, events: QuerySet[AuditEvent] | None = None) -> Trail:
    """Of all its events, or of those given. One query for each model that is told of, no more."""
    number = max(number, 1)
    first = (number - 1) * PER_PAGE
    events = events_of(risk) if events is None else events
    found = list(events[first : first + PER_PAGE + 1])
    shown = reversed(found[:PER_PAGE])
    told = _withheld(_with_cells(_without(str(risk), one)) for one in tell(shown, about=risk))
    entries = _reasons_once([_entry(step) for step in _steps(told)])
    return Trail(entries[::-1], number, len(found) > PER_PAGE)


def _withheld(told: Iterable[Told]) -> list[Told]:
    """Without the words of comments that were withdrawn; one query where there are comments."""
    told, table = list(told), Comment._meta.db_table
    keys = [int(one.event.object_id) for one in told if one.event.object_type == table]
    gone = CommentWithdrawal.objects.filter(comment__in=keys).values_list("comment", flat=True)
    withdrawn = {(table, str(key)) for key in (gone if keys else ())}
    return [
        replace(one, changes=[])
        if (one.event.object_type, one.event.object_id) in withdrawn
        else one
        for one in told
    ]


def _without(risk: str, told: Told) -> Told:
    """The page says already which risk it is, at the beginning of a name or at its end."""
    return replace(told, name=told.name.removeprefix(risk).removesuffix(risk).strip(" :"))


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
    return is_same and event.action in {
        first.action,
        _AT_ONCE.get(first.action),
        *_ECHOES,
    }


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
        reason=next((one.reason for one in told if one.reason), ""),
        changes=[_said_once(one, told) for one in _by_row(told)],
    )


def _by_row(told: Iterable[Told]) -> list[Told]:
    """A plan that moves twice in one step is told once: from what it was to what it became."""
    rows: dict[tuple[object, ...], Told] = {}
    for one in told:
        is_own = one.event.object_type == Risk._meta.db_table
        key = (one.event.pk,) if is_own else (one.event.object_type, one.event.object_id)
        rows[key] = replace(rows[key], changes=_joined_up(rows[key], one)) if key in rows else one
    return list(rows.values())


def _joined_up(first: Told, then: Told) -> list[Change]:
    changes = {(change.field, change.name): change for change in first.changes}
    for change in then.changes:
        key = change.field, change.name
        changes[key] = replace(change, before=changes[key].before) if key in changes else change
    return [change for change in changes.values() if change.before != change.after]


def _said_once(one: Told, step: list[Told]) -> Told:
    """Without what the head of the entry, the name of the row and the rows of the plan say."""
    actor, own = step[0].event.actor_name, Risk._meta.db_table
    signed = signed_of(one.event.object_type)
    reasons = {prose(other.reason) for other in step} - {""}
    others = [other for other in step if other.event.object_type != own]
    is_echo = one.event.object_type == own and bool(others)
    shown = {(c.name, c.after) for other in others for c in other.changes} if is_echo else set()

    def is_said(change: Change) -> bool:
        if change.before:
            return is_echo and change.field in _REPEATED
        if change.field in signed:
            return change.after == actor or change.field.endswith(_NOT_PEOPLE)
        return (
            change.after in reasons
            or (change.name, change.after) in shown
            or (is_echo and change.field in _REPEATED)
        )

    left = [change for change in one.changes if not is_said(change)]
    unnamed = [change for change in left if change.after != one.name]
    return (
        replace(one, changes=left, name="")
        if left and not unnamed
        else replace(one, changes=unnamed)
    )


def _reasons_once(entries: list[Entry]) -> list[Entry]:
    """Several entries of one transaction share a reason: the first of them gives it."""
    given: set[tuple[int, str]] = set()
    shown = []
    for entry in entries:
        key = entry.changes[0].event.transaction_id, entry.reason
        shown.append(replace(entry, reason="") if key in given else entry)
        given.add(key)
    return shown
