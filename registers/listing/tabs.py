"""The tabs above the list: one question to the register each, and the views that people save."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from registers.filters import VIEWS, RiskFilter
from registers.listing.addresses import changed
from riskhub.accounts.models import User
from riskhub.search.models import SavedView
from riskhub.search.pages import kept_of
from riskhub.search.permissions import can_delete_saved_view, can_edit_saved_view


@dataclass(frozen=True)
class View:
    """A tab: one question to the list, and how many rows answer it."""

    name: StrOrPromise
    url: str
    count: int
    is_current: bool


def views_of(filtered: RiskFilter, counts: Mapping[str, int]) -> list[View]:
    """Each leads to exactly as many risks as its count says: the same filters, another view."""
    current = None if filtered.data.get("saved") else filtered.data.get("view", "")
    return tabs_of(VIEWS, counts, current, lambda key: changed(filtered.data, view=key, saved=""))


def tabs_of(
    views: Sequence[tuple[str, StrOrPromise]],
    counts: Mapping[str, int],
    current: str | None,
    address: Callable[[str], str],
) -> list[View]:
    """All of a list, then each of its views."""
    names: list[tuple[str, StrOrPromise]] = [("", _("All")), *views]
    return [View(name, address(key), counts[key or "all"], key == current) for key, name in names]


@dataclass(frozen=True)
class Saved:
    """The views that this person finds, and the one from which the list came.

    `query` is what would be kept of the list as it is now, ready to stand in an address; `link` is the
    list for somebody else, with the columns that are shown.
    """

    views: Sequence[SavedView]
    current: SavedView | None
    is_changed: bool
    may_edit: bool
    may_delete: bool
    query: str
    link: str

    @property
    def tabs(self) -> list[SavedView]:
        return [view for view in self.views if view.is_pinned or view == self.current]


def saved_of(filtered: RiskFilter, columns: Sequence[str], user: User, page: str) -> Saved:
    """One query; a key that names no view of theirs is as none."""
    views = list(SavedView.objects.visible_to(user).of(page))
    key = filtered.data.get("saved", "")
    current = next((view for view in views if str(view.pk) == key), None)
    now = changed(filtered.data, columns=",".join(columns), open="", saved="")
    kept = kept_of(page, QueryDict(now.removeprefix("?")))
    return Saved(
        views=views,
        current=current,
        is_changed=bool(current and not current.has(*kept)),
        may_edit=bool(current and can_edit_saved_view(user, current)),
        may_delete=bool(current and can_delete_saved_view(user, current)),
        query=now.removeprefix("?"),
        link=now,
    )
