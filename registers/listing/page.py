"""One page of the list, and everything that stands around its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from registers.columns import Column
from registers.filters import RiskFilter
from registers.listing.addresses import address, changed, export_query
from registers.listing.cells import Table
from registers.listing.chips import cell_of, chips_of, hidden_of, not_rated_url
from registers.listing.downloads import downloads_of
from registers.listing.groups import (
    GROUPINGS,
    Group,
    Grouping,
    fold_urls,
    grouping_of,
    groups_of,
    rows_at,
    rows_of,
    windows_of,
)
from registers.listing.headings import chosen_in, columns_of, headings_of
from registers.listing.tabs import saved_of, views_of
from registers.models import Risk
from registers.permissions import can_create_risk, can_edit_in_bulk, edits_risks
from riskhub.accounts.models import User
from riskhub.search.models import ListSetting
from riskhub.search.querysets import setting_of
from riskhub.web.pagination import PER_PAGE, Page, page_asked

PAGE = "registers:risk_list"


@dataclass(frozen=True)
class Found:
    """`counts` of each view; the groups of this page, one without a name where none are asked for."""

    counts: Mapping[str, int]
    page: Page[Risk]
    groups: Sequence[Group]
    grouping: Grouping | None = None
    fold_url: str = ""
    unfold_url: str = ""


def around(filtered: RiskFilter, request: HttpRequest, user: User) -> dict[str, Any]:
    """The rows of the page and everything that stands around them."""
    kept = setting_of(user, PAGE)
    keys = chosen_in(filtered, kept.columns if kept else None)
    columns = columns_of(keys)
    found = find(filtered, columns, page_asked(request))
    registers = [t for t in filtered.terms.of("register") if t.pk in filtered.chosen_registers]
    count = found.counts[filtered.data.get("view") or "all"] if not filtered.is_forged else 0
    return {
        "found": found,
        "page": found.page,
        "count": count,
        "table": Table.of(columns, user, timezone.localdate()),
        "chosen_columns": keys,
        "may_edit_in_bulk": can_edit_in_bulk(user),
        "is_compact": is_compact(filtered, kept),
        "groupings": _groupings(filtered),
        "hidden": hidden_of(filtered, count),
        "filtered": filtered,
        "views": views_of(filtered, found.counts),
        "saved": saved_of(filtered, keys, user, PAGE),
        "counts": found.counts,
        "not_rated_url": not_rated_url(filtered),
        "chips": chips_of(filtered, request),
        "cell": cell_of(filtered),
        "headings": headings_of(filtered, columns),
        "register": registers[0].code if len(registers) == 1 else "",
        "title": registers[0].name if len(registers) == 1 else _("Risk list"),
        "query": export_query(filtered),
        "downloads": downloads_of(filtered, keys),
        "address": address(filtered.data),
    }


def shortcuts_of(user: User) -> list[tuple[str, str]]:
    """Pairs (key, words) of what single keys do on the list."""
    own = [
        ("j k", _("Next and previous risk")),
        ("Enter", _("Open beside the list")),
        ("a", _("Assess")),
        ("p", _("Plan the response")),
    ]
    if not edits_risks(user):
        return own[:2]
    own.insert(2, ("x", _("Tick; with Shift up to the last one ticked")))
    return [*own, ("e", _("Edit")), *([("c", _("Add risk"))] if can_create_risk(user) else [])]


def find(filtered: RiskFilter, columns: Sequence[Column], number: int) -> Found:
    """How many there are, and the rows of one page of them."""
    needed = [name for column in columns for name in column.needs] or ["state"]
    grouping = grouping_of(filtered)
    if grouping is None:
        return _in_one(filtered, needed, number)
    tallies = filtered.tally_by(grouping.column)
    names = next(iter(tallies.values()), filtered.no_tally)
    counts = {name: sum(tally[name] for tally in tallies.values()) for name in names}
    view = filtered.data.get("view") or "all"
    every = groups_of(grouping, {v: tally[view] for v, tally in tallies.items()}, filtered)
    shown = sum(group.count for group in every if not group.is_folded)
    number = _within(number, shown)
    groups = rows_of(grouping, filtered, windows_of(every, number), needed)
    rows = [risk for group in groups for risk in group.rows]
    return Found(
        counts, Page(rows, number, shown), groups, grouping, *fold_urls(every, filtered.data)
    )


def row_again(filtered: RiskFilter, user: User, risk: Risk) -> str:
    """The row of one risk as this list shows it; empty where the user does not see it any more."""
    kept = setting_of(user, PAGE)
    columns = columns_of(chosen_in(filtered, kept.columns if kept else None))
    needed = [name for column in columns for name in column.needs] or ["state"]
    stored = rows_at([risk.pk], Risk.objects.visible_to(user).in_ranking(), needed)
    found = stored.visible_to(user).first()
    return Table.of(columns, user, timezone.localdate()).row(found) if found else ""


def _in_one(filtered: RiskFilter, needed: Sequence[str], number: int) -> Found:
    """The keys are found first, in the index; only the rows of the page are read and joined."""
    ordered, counts = filtered.qs, filtered.tally()
    count = 0 if filtered.is_forged else counts[filtered.data.get("view") or "all"]
    number = _within(number, count)
    keys = ordered.values("pk")[(number - 1) * PER_PAGE : number * PER_PAGE]
    rows = list(rows_at(keys, ordered, needed)) if count else []
    group = Group("", "", None, count, rows=rows)
    return Found(counts, Page(rows, number, count), [group])


def is_compact(filtered: RiskFilter, kept: ListSetting | None) -> bool:
    asked = filtered.data.get("density")
    return asked == "compact" if asked else bool(kept and kept.is_compact)


def _within(number: int, count: int) -> int:
    return min(max(number, 1), max(1, -(-count // PER_PAGE)))


def _groupings(filtered: RiskFilter) -> list[tuple[str, str, bool]]:
    """Triples (words, address, whether it is the one in force)."""
    chosen = filtered.data.get("group", "")
    free = {"folded": "", "unfolded": ""}
    found = [
        (str(one.name), changed(filtered.data, group=key, **free), key == chosen)
        for key, one in GROUPINGS.items()
    ]
    return [
        (_("Not grouped"), changed(filtered.data, group="", **free), chosen not in GROUPINGS),
        *found,
    ]
