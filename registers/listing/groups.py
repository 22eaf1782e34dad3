"""Risks in groups: by level, department, area, category or owner.

A group's count is of all that the filters find, on whatever page one is. A folded group shows its head
and takes no room: pages are made of the rows that are not folded away. Which groups are folded stands in
the address, so that they fold without script: `?folded=high&folded=low`, or all but some:
`?folded=all&unfolded=critical`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from registers.choices import LEVEL_RANKS, LEVEL_WORDS, Level
from registers.filters import ALL, RiskFilter
from registers.listing.addresses import address, said
from registers.models import Risk, RiskArea, RiskCategory
from registers.querysets import RiskQuerySet
from registers.terms import Term, Terms
from riskhub.accounts.models import Department, User
from riskhub.web.pagination import PER_PAGE

NONE, LINES = "none", "service_lines"
Named = tuple[str, str, tuple[Any, ...]]
"""Of one value: its key in the address, its words, its place."""


@dataclass(frozen=True)
class Grouping:
    """`column` is the one of the risk, `names` answers {value: Named} for its values in one query.

    `place_of` says where a term of the filters of the same key stands: those are named without a query.
    """

    key: str
    name: StrOrPromise
    column: str
    names: Callable[[Iterable[Any]], Mapping[Any, Named]]
    nothing: StrOrPromise = ""
    place_of: Callable[[Term], tuple[Any, ...]] | None = None

    def names_in(self, values: Iterable[Any], terms: Terms) -> Mapping[Any, Named]:
        """A query is needed only for what the filters do not offer, as what is no longer in use."""
        wanted, found = set(values), {}
        if self.place_of:
            listed = (term for term in terms.of(self.key) if term.pk in wanted)
            found = {term.pk: (term.code, term.name, self.place_of(term)) for term in listed}
        rest = wanted - found.keys()
        return found | dict(self.names(rest)) if rest else found

    @property
    def attribute(self) -> str:
        """Under which a risk holds its value."""
        return self.column if self.key == "level" else f"{self.column}_id"


@dataclass(frozen=True)
class Group:
    """`url` folds or unfolds it; `rows` are those of this page, `is_continued` after those of another."""

    key: str
    name: str
    value: Any
    count: int
    is_folded: bool = False
    url: str = ""
    is_continued: bool = False
    rows: list[Risk] = field(default_factory=list)

    @property
    def level(self) -> str:
        """The word of the level that the group is, for its chip."""
        return self.key if self.key in LEVEL_RANKS else ""


@dataclass(frozen=True)
class Window:
    """The rows `start` to `end` of one group."""

    group: Group
    start: int
    end: int

    @property
    def is_whole(self) -> bool:
        return self.start == 0 and self.end == self.group.count


def _levels(values: Iterable[Any]) -> Mapping[Any, Named]:
    return {
        rank: (LEVEL_WORDS[rank], str(Level(rank).label), (-rank,))
        for rank in values
        if rank is not None
    }


def _departments(values: Iterable[Any]) -> Mapping[Any, Named]:
    rows = Department.objects.filter(pk__in=values)
    return {row.pk: (row.code, row.name, (row.path,)) for row in rows}


def _terms(model: type[RiskArea | RiskCategory]) -> Callable[[Iterable[Any]], Mapping[Any, Named]]:
    def names(values: Iterable[Any]) -> Mapping[Any, Named]:
        rows = model._default_manager.filter(pk__in=values)
        return {row.pk: (row.code, row.name, (row.order, row.pk)) for row in rows}

    return names


def _people(values: Iterable[Any]) -> Mapping[Any, Named]:
    rows = User.objects.filter(pk__in=values)
    return {row.pk: (row.username, str(row), (str(row), row.pk)) for row in rows}


def _in_order(term: Term) -> tuple[int, int]:
    return int(term.place), term.pk


GROUPINGS = {
    grouping.key: grouping
    for grouping in (
        Grouping("level", gettext_lazy("Level"), "residual_level", _levels, gettext_lazy("Not rated")),
        Grouping(
            "department", gettext_lazy("Department"), "owner_department", _departments,
            place_of=lambda term: (term.place,),
        ),
        Grouping(
            "area", gettext_lazy("Area"), "area", _terms(RiskArea), gettext_lazy("No area"), _in_order,
        ),
        Grouping(
            "category", gettext_lazy("Category"), "category", _terms(RiskCategory), place_of=_in_order,
        ),
        Grouping("owner", gettext_lazy("Owner"), "owner", _people, gettext_lazy("Nobody yet")),
    )
}  # fmt: skip


def grouping_of(filtered: RiskFilter) -> Grouping | None:
    return None if filtered.is_forged else GROUPINGS.get(filtered.data.get("group", ""))


def groups_of(grouping: Grouping, counts: Mapping[Any, int], filtered: RiskFilter) -> list[Group]:
    """All groups in which something is found, in their order; what has no value comes last."""
    found, query = {value: count for value, count in counts.items() if count}, filtered.data
    values = [value for value in found if value is not None]
    names = grouping.names_in(values, filtered.terms)
    folded, unfolded = (set(query.getlist(name)) for name in ("folded", "unfolded"))
    groups = []
    for value in sorted(found, key=lambda v: (v not in names, names[v][2] if v in names else ())):
        key, words, _place = names.get(value, (NONE, str(grouping.nothing), ()))
        is_folded = key in folded or (ALL in folded and key not in unfolded)
        group = Group(key, words, value, found[value], is_folded)
        groups.append(replace(group, url=_turned(query, group)))
    return groups


def windows_of(groups: Sequence[Group], number: int) -> list[Window]:
    """What stands on a page: a window for each group of which it shows rows, or a folded head."""
    first, last = (number - 1) * PER_PAGE, number * PER_PAGE
    total = sum(group.count for group in groups if not group.is_folded)
    found, before = [], 0
    for group in groups:
        if group.is_folded:
            if first <= before < last or before == total <= last:
                found.append(Window(group, 0, 0))
            continue
        start, end = max(first - before, 0), min(last - before, group.count)
        if start < end:
            found.append(Window(group, start, end))
        before += group.count
    return found


def rows_of(
    grouping: Grouping, filtered: RiskFilter, windows: Sequence[Window], columns: Sequence[str]
) -> list[Group]:
    """The groups of a page with their rows, in two queries: the keys, then what is shown of them.

    A group that is shown whole needs no order of its own; at most the first and the last are cut, and
    their rows are found in an index that begins with the group.
    """
    ordered = filtered.qs
    shown = [window for window in windows if window.end]
    whole = [window.group.value for window in shown if window.is_whole]
    parts = [
        ordered.filter(_has(grouping, window.group.value)).values_list("pk", flat=True)[
            window.start : window.end
        ]
        for window in shown
        if not window.is_whole
    ]
    if whole:
        parts.append(
            ordered.order_by().filter(_among(grouping, whole)).values_list("pk", flat=True)
        )
    keys = list(parts[0].union(*parts[1:], all=True)) if parts else []
    found: dict[Any, list[Risk]] = {}
    value_in = attrgetter(grouping.attribute)
    rows = rows_at(keys, ordered, [*columns, grouping.column])
    for risk in rows if keys else ():
        found.setdefault(value_in(risk), []).append(risk)
    return [
        replace(
            window.group,
            rows=[] if window.group.is_folded else found.get(window.group.value, []),
            is_continued=window.start > 0,
        )
        for window in windows
    ]


def rows_at(keys: Any, ordered: RiskQuerySet, columns: Sequence[str]) -> RiskQuerySet:  # noqa: ANN401 - a list or a query
    """The rows of these keys in the order that was asked for, with no more than is shown of them."""
    plain = [column for column in columns if column != LINES]
    rows = Risk.objects.for_list(*plain).filter(pk__in=keys).order_by(*ordered.query.order_by)
    return rows.prefetch_related(LINES) if LINES in columns else rows


def fold_urls(groups: Sequence[Group], query: QueryDict) -> tuple[str, str]:
    """To fold all and to unfold all; empty where they are."""
    rest = query.copy()
    for name in ("folded", "unfolded", "page"):
        rest.pop(name, None)
    unfold = (address(rest) or "?") if any(group.is_folded for group in groups) else ""
    rest["folded"] = ALL
    return "" if all(group.is_folded for group in groups) else address(rest), unfold


def _turned(query: QueryDict, group: Group) -> str:
    lists = {name: values for name, values in query.lists() if name != "page"}
    folded, unfolded = (set(lists.get(name, ())) - {group.key} for name in ("folded", "unfolded"))
    if ALL in folded:
        unfolded |= {group.key} if group.is_folded else set()
    else:
        folded |= set() if group.is_folded else {group.key}
    return said(lists | {"folded": sorted(folded), "unfolded": sorted(unfolded)}) or "?"


def _has(grouping: Grouping, value: Any) -> Q:  # noqa: ANN401 - a value of any column
    """Of a level by the place in the order, which begins with it: so one index gives rows and order."""
    if grouping.key == "level":
        start = 9 if value is None else Level.CRITICAL - value
        return Q(
            rank_key__gte=str(start), rank_key__lt=str(start + 1) if value is not None else "A"
        )
    return Q(**{grouping.column: value})


def _among(grouping: Grouping, values: Sequence[Any]) -> Q:
    named = [value for value in values if value is not None]
    condition = Q(**{f"{grouping.column}__in": named})
    return condition | Q(**{grouping.column: None}) if None in values else condition
