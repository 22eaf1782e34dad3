"""What stands above and around the rows of the list: views with counts, chips, headings, files."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from registers.filters import ALL, OPEN, VIEWS, RiskFilter
from riskhub.web.filters import FilterChip, filter_chips


@dataclass(frozen=True)
class View:
    """A tab: one question to the register, and how many risks answer it."""

    name: StrOrPromise
    url: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Heading:
    """A column; without `url` it is no order. `aria` says the order that is in force."""

    name: str
    url: str = ""
    aria: str = ""


def views_of(filtered: RiskFilter, counts: Mapping[str, int]) -> list[View]:
    """Each leads to exactly as many risks as its count says: of the chosen registers, unfiltered."""
    current = filtered.data.get("view", "")
    names: list[tuple[str, StrOrPromise]] = [("", _("All")), *VIEWS]
    return [
        View(name, _address(filtered, key), counts[key or "all"], key == current)
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
        if not values or (name, values) in (("state", [OPEN]), ("page", ["1"])):
            del kept[name]
        else:
            kept.setlist(name, values)
    return f"?{kept.urlencode()}" if kept else ""


def _changed(query: QueryDict, **values: str) -> str:
    changed = query.copy()
    changed.pop("page", None)
    for name, value in values.items():
        changed[name] = value
    return address(changed) or "?"


def _address(filtered: RiskFilter, view: str) -> str:
    query = QueryDict(mutable=True)
    query.setlist("register", filtered.data.getlist("register"))
    query["view"] = view
    return address(query) or "?"
