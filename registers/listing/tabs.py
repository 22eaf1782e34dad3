"""The tabs above the list: one question to the register each, and how many risks answer it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from registers.filters import VIEWS, RiskFilter
from registers.listing.addresses import changed


@dataclass(frozen=True)
class View:
    """A tab: one question to the register, and how many risks answer it."""

    name: StrOrPromise
    url: str
    count: int
    is_current: bool


def views_of(filtered: RiskFilter, counts: Mapping[str, int]) -> list[View]:
    """Each leads to exactly as many risks as its count says: the same filters, another view."""
    current = filtered.data.get("view", "")
    names: list[tuple[str, StrOrPromise]] = [("", _("All")), *VIEWS]
    return [
        View(name, changed(filtered.data, view=key), counts[key or "all"], key == current)
        for key, name in names
    ]
