"""What stands above and around the rows of the list: views with counts, chips, headings, files."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from registers.choices import RiskState
from registers.filters import ALL, KINDS, NOT_RATED, OPEN, RESIDUAL, VIEWS, RiskFilter
from registers.models import Risk
from registers.permissions import can_create_risk, edits_risks
from riskhub.accounts.models import User
from riskhub.web.filters import FilterChip, filter_chips
from riskhub.web.pagination import PER_PAGE, Page, page_asked

_WITHOUT_SAYING = (("state", [OPEN]), ("page", ["1"]), ("kind", [RESIDUAL]))


@dataclass(frozen=True)
class View:
    """A tab: one question to the register, and how many risks answer it."""

    name: StrOrPromise
    url: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Hidden:
    """What a search would find among the closed risks: said in `words`, shown at `url`."""

    words: str
    url: str
    link: str


@dataclass(frozen=True)
class Heading:
    """A column; without `url` it is no order. `aria` says the order that is in force."""

    name: str
    url: str = ""
    aria: str = ""


def around(filtered: RiskFilter, request: HttpRequest) -> dict[str, Any]:
    """The rows of the page and everything that stands around them."""
    counts = filtered.tally()
    page = page_of(filtered, counts, request)
    registers = [t for t in filtered.terms.of("register") if t.pk in filtered.chosen_registers]
    return {
        "page": page,
        "hidden": hidden_of(filtered, page.count),
        "filtered": filtered,
        "views": views_of(filtered, counts),
        "counts": counts,
        "not_rated_url": not_rated_url(filtered),
        "chips": chips_of(filtered, request),
        "cell": cell_of(filtered),
        "headings": headings_of(filtered),
        "register": registers[0].code if len(registers) == 1 else "",
        "title": registers[0].name if len(registers) == 1 else _("Risk list"),
        "query": export_query(filtered),
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
    return [*own, ("e", _("Edit")), *([("c", _("Add risk"))] if can_create_risk(user) else [])]


def page_of(filtered: RiskFilter, counts: Mapping[str, int], request: HttpRequest) -> Page[Risk]:
    """One query for the rows; how many there are is in `counts`.

    The keys are found first, in the index; only the rows of the page are read and joined.
    """
    ordered = filtered.qs
    count = 0 if filtered.is_forged else counts[filtered.data.get("view") or "all"]
    last = max(1, -(-count // PER_PAGE))
    number = min(max(page_asked(request), 1), last)
    keys = ordered.values("pk")[(number - 1) * PER_PAGE : number * PER_PAGE]
    rows = Risk.objects.for_list().filter(pk__in=keys).order_by(*ordered.query.order_by)
    return Page(list(rows) if count else [], number, count)


def views_of(filtered: RiskFilter, counts: Mapping[str, int]) -> list[View]:
    """Each leads to exactly as many risks as its count says: the same filters, another view."""
    current = filtered.data.get("view", "")
    names: list[tuple[str, StrOrPromise]] = [("", _("All")), *VIEWS]
    return [
        View(name, _changed(filtered.data, view=key), counts[key or "all"], key == current)
        for key, name in names
    ]


def chips_of(filtered: RiskFilter, request: HttpRequest) -> list[FilterChip]:
    """The status is always on: taking it off shows the closed risks too."""
    every = _changed(filtered.data, state=ALL)
    return [
        replace(chip, clear_url=every)
        if chip.field.name == "state" and filtered.data["state"] == OPEN
        else chip
        for chip in filter_chips(filtered.form, request)
    ]


def hidden_of(filtered: RiskFilter, count: int) -> Hidden | None:
    """The closed risk whose code was typed; else, where nothing is found, how many closed ones match."""
    text, is_open = filtered.data.get("q", ""), filtered.data["state"] == OPEN
    if filtered.is_forged or not text or not is_open:
        return None
    named = Risk.objects.visible_to(filtered.user).coded(text.strip()).first()
    if named and not named.is_open:
        is_merged = named.state == RiskState.MERGED
        told = (
            _("%(code)s was merged into another risk.") if is_merged else _("%(code)s is closed.")
        )
        code = {"code": named.code}
        return Hidden(told % code, named.get_absolute_url(), _("Open %(code)s") % code)
    every = filtered.data.copy()
    every["state"] = ALL
    closed = 0 if count else RiskFilter(every, filtered.user, filtered.terms).qs.order_by().count()
    if not closed:
        return None
    told = ngettext("%(count)s closed risk matches.", "%(count)s closed risks match.", closed)
    return Hidden(told % {"count": closed}, address(every), _("Show closed ones"))


def not_rated_url(filtered: RiskFilter) -> str:
    """Where those not rated stand alone; empty where they do already, and where nothing is found."""
    is_there = filtered.data.getlist("level") == [NOT_RATED]
    return "" if is_there or filtered.is_forged else _changed(filtered.data, level=NOT_RATED)


def cell_of(filtered: RiskFilter) -> tuple[str, str] | None:
    """The cell to which a heat map has led, in words, and the list without it."""
    kind = dict(KINDS)[filtered.chosen_kind]
    scores = {axis: filtered.data.get(axis) for axis in ("probability", "impact")}
    if all(scores.values()):
        words = f"{kind} {scores['probability']},{scores['impact']}"
    elif scores["probability"]:
        words = _("%(kind)s, probability %(score)s") % {
            "kind": kind,
            "score": scores["probability"],
        }
    elif scores["impact"]:
        words = _("%(kind)s, impact %(score)s") % {"kind": kind, "score": scores["impact"]}
    elif filtered.chosen_kind != RESIDUAL:
        words = str(kind)
    else:
        return None
    return words, _changed(filtered.data, kind="", probability="", impact="")


def headings_of(filtered: RiskFilter) -> list[Heading]:
    sort = filtered.data.get("sort") or "rank"

    def heading(key: str, name: str, *, first: str = "") -> Heading:
        """`first` is the order that the first click gives."""
        first = first or key
        other = first.removeprefix("-") if first.startswith("-") else f"-{first}"
        url = _changed(filtered.data, sort=other if sort == first else first)
        aria = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
        return Heading(name, url, aria)

    level = heading("level", _("Residual level"), first="-level")
    return [
        heading("code", _("No.")),
        heading("name", _("Name")),
        replace(level, aria="descending") if sort == "rank" else level,
        Heading(_("Response")),
        heading("department", _("Responsible department")),
        Heading(_("Owner")),
        heading("review", _("Next review")),
    ]


def address(query: QueryDict) -> str:
    """The query without what goes without saying, so that a link is short: `?level=high`."""
    kept = query.copy()
    for name in list(kept):
        values = [value for value in kept.getlist(name) if value]
        if not values or (name, values) in _WITHOUT_SAYING:
            del kept[name]
        else:
            kept.setlist(name, values)
    return f"?{kept.urlencode()}" if kept else ""


def export_query(filtered: RiskFilter) -> str:
    """What leads to the same rows as a file, ready to be followed by `format=`."""
    query = _changed(filtered.data).removeprefix("?")
    return f"{query}&" if query else ""


def _changed(query: QueryDict, **values: str) -> str:
    changed = query.copy()
    changed.pop("page", None)
    for name, value in values.items():
        changed[name] = value
    return address(changed) or "?"
