"""The seven entries of the left bar, the profile menu and the phone bar, as the packages fill them.

A package names its pages in `AppConfig.ready`:

    add_entry("register", "registers:risk_list", _("Risk list"), order=10, allowed=can_list_risks)

An area without a page that exists and is allowed is not shown. The area leads to its first page.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

if TYPE_CHECKING:
    from riskhub.accounts.models import User

Predicate = Callable[["User"], bool]
Counter = Callable[["User"], int]


@dataclass(frozen=True)
class Area:
    """One entry of the left bar; `chord` is pressed after `g`."""

    key: str
    name: StrPromise
    icon: str
    chord: str


AREAS = (
    Area("home", _("Home"), "home", "h"),
    Area("register", _("Register"), "list-bullet", "r"),
    Area("identify", _("Identify"), "magnifying-glass", "i"),
    Area("respond", _("Respond"), "shield-check", "p"),
    Area("incidents", _("Incidents"), "exclamation-triangle", "n"),
    Area("monitor", _("Monitor"), "presentation-chart-line", "m"),
    Area("reports", _("Reports"), "document-text", "o"),
)
SETTINGS = "settings"
"""The pages behind “Settings” in the profile menu; they show each other as tabs."""
PLACES = {area.key for area in AREAS} | {"menu", "phone", "top", SETTINGS}


@dataclass(frozen=True)
class Entry:
    place: str
    url_name: str
    name: StrPromise
    order: int = 100
    allowed: Predicate = lambda _user: True
    icon: str = ""
    covers: tuple[str, ...] = ()
    count: Counter | None = None

    def match(self, view_name: str) -> int:
        """How closely the entry stands for a view: its own page, then the longest prefix, then 0."""
        if view_name == self.url_name:
            return 1000
        return max((len(p) for p in self._prefixes() if view_name.startswith(p)), default=0)

    def _prefixes(self) -> tuple[str, ...]:
        """`registers:risk_list` stands for all of `registers:risk_...`."""
        noun, _verb, _rest = self.url_name.rpartition("_")
        return (*self.covers, f"{noun}_") if noun else self.covers


@dataclass
class Shown:
    """An entry or area as one page shows it; `current` is "page", "true" or empty."""

    name: str
    url: str
    icon: str = ""
    chord: str = ""
    current: str = ""
    count: int = 0
    children: list["Shown"] = field(default_factory=list)


@dataclass(frozen=True)
class Navigation:
    areas: list[Shown]
    menu: list[Shown]
    phone: list[Shown]
    top: list[Shown]
    company: str
    settings: list[Shown] = field(default_factory=list)

    @property
    def is_in_settings(self) -> bool:
        return any(page.current for page in self.settings)


_entries: list[Entry] = []
_company: list[Callable[[], str]] = []


def add_entry(  # each argument is one fact of the entry
    place: str,
    url_name: str,
    name: StrPromise,
    *,
    order: int = 100,
    allowed: Predicate = lambda _user: True,
    icon: str = "",
    covers: tuple[str, ...] = (),
    count: Counter | None = None,
) -> None:
    """Put a page into an area, or into "menu" (profile), "settings", "phone" (bottom bar, four) or "top".

    In the top bar it is a symbol with a dot while its count is not 0.
    """
    if place not in PLACES:
        raise ValueError(f"There is no place {place!r} in the navigation.")
    entry = Entry(place, url_name, name, order, allowed, icon, covers, count)
    _entries[:] = [*(e for e in _entries if (e.place, e.url_name) != (place, url_name)), entry]
    _entries.sort(key=lambda e: e.order)


def cover(url_name: str, *prefixes: str) -> None:
    """Pages of a higher package that belong below an entry of a lower one."""
    _entries[:] = [
        replace(e, covers=(*e.covers, *prefixes)) if e.url_name == url_name else e for e in _entries
    ]


def name_company_with(namer: Callable[[], str]) -> None:
    """Called by the package that keeps the company's settings."""
    _company[:] = [namer]


def entries_for(user: "User") -> list[tuple[str, StrPromise, StrPromise | str]]:
    """(url name, name, area) of each page that the user may open: areas, then menu and settings."""
    areas = {area.key: area.name for area in AREAS} | {SETTINGS: _("Settings")}
    order = [*(area.key for area in AREAS), "menu", SETTINGS]
    found = [e for e in _entries if e.place in order and e.allowed(user)]
    found.sort(key=lambda entry: order.index(entry.place))
    return [(entry.url_name, entry.name, areas.get(entry.place, "")) for entry in found]


def navigation_for(request: HttpRequest) -> Navigation:
    """What this user sees on this page; the predicates are asked once per entry."""
    user = request.user
    if not user.is_authenticated:
        return Navigation([], [], [], [], "")
    allowed = [entry for entry in _entries if entry.allowed(user)]
    match = request.resolver_match
    best = _best(allowed, match.view_name if match else "")
    by_place = {
        place: [_show(e, user, best) for e in allowed if e.place == place] for place in PLACES
    }
    areas = [_area(area, by_place[area.key]) for area in AREAS if by_place[area.key]]
    company = _company[0]() if _company else ""
    return Navigation(
        areas, by_place["menu"], by_place["phone"][:4], by_place["top"], company,
        by_place[SETTINGS],
    )  # fmt: skip


def _best(entries: list[Entry], view_name: str) -> dict[str, str]:
    """The url_name that is current, with "page" for the very page and "true" for one below it."""
    scored = [(entry.match(view_name), entry.url_name) for entry in entries]
    score, url_name = max(scored, key=lambda pair: pair[0], default=(0, ""))
    return {url_name: "page" if url_name == view_name else "true"} if score else {}


def _show(entry: Entry, user: "User", best: dict[str, str]) -> Shown:
    return Shown(
        name=str(entry.name),
        url=reverse(entry.url_name),
        icon=entry.icon,
        current=best.get(entry.url_name, ""),
        count=entry.count(user) if entry.count else 0,
    )


def _area(area: Area, pages: list[Shown]) -> Shown:
    current = next((page.current for page in pages if page.current), "")
    return Shown(
        name=str(area.name),
        url=pages[0].url,
        icon=area.icon,
        chord=area.chord,
        current=current if len(pages) == 1 or not current else "true",
        count=sum(page.count for page in pages),
        children=pages if len(pages) > 1 and current else [],
    )
