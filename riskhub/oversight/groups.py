"""The log by requests: what one person did at once is one group, however many rows it changed.

A group stands where its newest event stands. Events are met in steps of WINDOW, newest first; the
requests that were met are left out of the next step, so that a change of a thousand rows costs one step.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, IntegerField, OuterRef
from django.db.models.functions import Cast

from riskhub.accounts.models import User
from riskhub.audit.models import AuditEvent
from riskhub.oversight.actors import actor_words, in_a_row
from riskhub.oversight.belonging import tell_to
from riskhub.oversight.querysets import Events
from riskhub.oversight.words import Told

PER_PAGE = 50
WINDOW = 500
MOST_STEPS = 6
SHOWN = 5
MOST_COUNTED = 1000
_NAMED = 3


@dataclass(frozen=True)
class Group:
    """`newest` says who and when; `told` are the first of `count` events, MOST_COUNTED + 1 at most."""

    newest: AuditEvent
    told: list[Told]
    count: int = 1

    @property
    def is_single(self) -> bool:
        return self.count == 1

    @property
    def is_grouped(self) -> bool:
        return not self.is_single

    @property
    def is_more(self) -> bool:
        return self.count > len(self.told)

    @property
    def counted(self) -> str:
        return counted(self.count)

    @property
    def actor(self) -> str:
        return actor_words(self.newest.actor_name)

    @property
    def actions(self) -> str:
        """What was done, each kind of it once."""
        return in_a_row(list(dict.fromkeys(told.action for told in self.told)))

    @property
    def names(self) -> str:
        """Of the first few things."""
        names = list(dict.fromkeys(told.name for told in self.told if told.name))
        return in_a_row(names[:_NAMED])

    @property
    def reason(self) -> str:
        return next((told.reason for told in self.told if told.reason), "")


@dataclass(frozen=True)
class GroupPage:
    """Newest first; `older` is what `?before=` says on the next page, None on the last one."""

    groups: list[Group]
    older: int | None
    is_newest: bool


@dataclass
class _Walk:
    """The newest event of each request, or of what came without one; all from `edge` on were met."""

    newest: dict[UUID | int, int] = field(default_factory=dict)
    edge: int | None = None
    is_over: bool = False

    def requests(self) -> Iterator[UUID]:
        return (key for key in self.newest if isinstance(key, UUID))

    @property
    def is_full(self) -> bool:
        return len(self.newest) == PER_PAGE

    def meet(self, rows: Iterable[tuple[int, UUID | None]]) -> None:
        for pk, request in rows:
            key = request or pk
            if key not in self.newest and self.is_full:
                return
            self.newest.setdefault(key, pk)
            self.edge = pk


def groups_of(events: Events, before: int | None = None, reader: User | None = None) -> GroupPage:
    """The number of queries depends neither on how long the log is nor on how large a group is."""
    walk = _walk(events, before)
    found = AuditEvent.objects.filter(pk__in=walk.newest.values()).order_by("-pk")
    same = events.filter(request_id=OuterRef("request_id"))
    if before:  # what began on an earlier page stands there
        found = found.exclude(Exists(same.order_by().filter(pk__gte=before)))
    members = same.order_by("pk").values("pk")
    size = Func(ArraySubquery(members[: MOST_COUNTED + 1]), function="cardinality")
    rows = [
        (newest, first or [newest], max(count, 1))
        for newest, first, count in found.values_list(
            "pk", ArraySubquery(members[:SHOWN]), Cast(size, IntegerField())
        )
    ]
    told = _told({pk for newest, first, _count in rows for pk in (newest, *first)}, reader)
    groups = [
        Group(told[newest].event, [told[pk] for pk in first], count)
        for newest, first, count in rows
    ]
    return GroupPage(groups, None if walk.is_over else walk.edge, is_newest=before is None)


def counted(count: int) -> str:
    """In words where nobody counts any further: “1,000+”."""
    return f"{MOST_COUNTED:,}+" if count > MOST_COUNTED else f"{count:,}"


def count_of(events: Events) -> int:
    """MOST_COUNTED + 1 at most: to know how many hundred thousand there are takes too long."""
    return events.order_by().values("pk")[: MOST_COUNTED + 1].count()


def _walk(events: Events, before: int | None) -> _Walk:
    walk = _Walk(edge=before)
    for _step in range(MOST_STEPS):
        rest = events.exclude(request_id__in=list(walk.requests()))
        if walk.edge is not None:
            rest = rest.filter(pk__lt=walk.edge)
        rows = list(rest.order_by("-pk").values_list("pk", "request_id")[:WINDOW])
        walk.meet(rows)
        walk.is_over = len(rows) < WINDOW and (not rows or rows[-1][0] == walk.edge)
        if walk.is_over or walk.is_full:
            break
    return walk


def _told(keys: Iterable[int], reader: User | None) -> dict[int, Told]:
    events = AuditEvent.objects.filter(pk__in=keys)
    return {told.event.pk: told for told in tell_to(reader, events)}
