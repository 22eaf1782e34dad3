"""The timeline of a risk: its trail in single sentences, of the kinds that one asks for.

A package names its kinds in `ready()`; what no kind names is a change:

    register_trail_kind(
        TrailKind("plans", _("Plan"), 30, {"plan.created", "plan.submitted"}, "assessments:risk_response")
    )
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from registers.history import Entry, Trail, trail_of
from registers.models import Risk
from registers.related import events_of
from riskhub.accounts.models import User
from riskhub.audit.choices import Operation
from riskhub.files.models import Comment

CHANGES = "changes"
PARAMETER = "kind"


@dataclass(frozen=True)
class TrailKind:
    """Acts of one kind; `url_name` takes the code of the risk and shows what they made."""

    key: str
    label: StrOrPromise
    order: int
    actions: Collection[str] = frozenset()
    url_name: str = ""


@dataclass(frozen=True)
class KindChip:
    """`url` shows the timeline with this kind too, or without it where it is on."""

    key: str
    label: StrOrPromise
    is_on: bool
    url: str


@dataclass(frozen=True)
class Line:
    """One sentence: what was done (`entry.action`) and to what (`gist`), there to be seen (`url`).

    Of a comment it is what was said.
    """

    entry: Entry
    gist: str
    url: str
    comment: Comment | None = None


@dataclass(frozen=True)
class Timeline:
    """`is_forged`: a kind was asked for that does not exist, so there is nothing."""

    trail: Trail
    chips: list[KindChip] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    is_forged: bool = False

    @property
    def is_narrowed(self) -> bool:
        return self.is_forged or any(chip.is_on for chip in self.chips)


_kinds: dict[str, TrailKind] = {}


def register_trail_kind(kind: TrailKind) -> None:
    _kinds[kind.key] = kind


def timeline_of(risk: Risk, query: QueryDict, number: int = 1, *, reader: User) -> Timeline:
    """The page of that number; of which kinds, the address says. A fixed number of queries."""
    asked = list(dict.fromkeys(query.getlist(PARAMETER)))
    events = events_of(risk, reader)
    acts = set(events.order_by().values_list("action", flat=True).distinct())
    kinds = {CHANGES, *_kinds}
    is_forged = not kinds.issuperset(asked)
    narrowed = events.filter(_condition(asked)) if asked else events
    trail = trail_of(risk, number, events=narrowed.none() if is_forged else narrowed)
    return Timeline(
        trail,
        _chips(asked, {_kind_of(act) for act in acts}, query),
        _lines(risk, trail),
        is_forged,
    )


def _condition(asked: Iterable[str]) -> Q:
    named = {act for kind in _kinds.values() for act in kind.actions}
    acts = {act for key in asked if key in _kinds for act in _kinds[key].actions}
    condition = Q(action__in=acts)
    return condition | ~Q(action__in=named) if CHANGES in asked else condition


def _kind_of(action: str) -> str:
    return next((kind.key for kind in _kinds.values() if action in kind.actions), CHANGES)


def _chips(asked: list[str], present: set[str], query: QueryDict) -> list[KindChip]:
    """Only what there is; and one kind alone is no choice."""
    shown = [kind for kind in _in_order() if kind.key in present or kind.key in asked]
    if len(shown) < 2 and not asked:  # noqa: PLR2004 - two make a choice
        return []
    return [
        KindChip(kind.key, kind.label, kind.key in asked, _address(kind.key, asked, query))
        for kind in shown
    ]


def _in_order() -> list[TrailKind]:
    changes = TrailKind(CHANGES, _("Changes"), 80)
    return sorted([*_kinds.values(), changes], key=lambda kind: kind.order)


def _address(key: str, asked: list[str], query: QueryDict) -> str:
    """The same page with the kind or without it; another choice begins at the newest."""
    rest = query.copy()
    rest.pop("page", None)
    rest.setlist(PARAMETER, [k for k in asked if k != key] if key in asked else [*asked, key])
    return f"?{rest.urlencode()}"


def _lines(risk: Risk, trail: Trail) -> list[Line]:
    """Four queries more where something was said."""
    keys = [key for entry in trail.entries if (key := _said_in(entry))]
    comments = Comment.objects.with_people().in_bulk(keys) if keys else {}
    return [_line(risk, entry, comments) for entry in trail.entries]


def _said_in(entry: Entry) -> int | None:
    """The comment that it adds."""
    event = entry.changes[0].event
    is_new = (event.object_type, event.operation) == (Comment._meta.db_table, Operation.INSERT)
    return int(event.object_id) if is_new else None


def _line(risk: Risk, entry: Entry, comments: Mapping[int, Comment]) -> Line:
    if comment := comments.get(_said_in(entry) or 0):
        return Line(entry, "", "", comment)
    kind = _kinds.get(_kind_of(entry.changes[0].event.action))
    url = reverse(kind.url_name, args=[risk.code]) if kind and kind.url_name else ""
    return Line(entry, entry.gist, url)
