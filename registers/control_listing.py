"""What stands above and around the rows of the list of controls: views with counts, chips, headings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registers.control_filters import ALL, KEPT, VIEWS, ControlFilter
from registers.listing.tabs import View, tabs_of
from riskhub.web.filters import FilterChip, filter_chips

_WITHOUT_SAYING = (("state", [KEPT]), ("page", ["1"]))


@dataclass(frozen=True)
class Heading:
    """A column; without `url` it is no order. `aria` says the order that is in force."""

    name: str
    url: str = ""
    aria: str = ""


def views_of(filtered: ControlFilter, counts: Mapping[str, int]) -> list[View]:
    """Each leads to exactly as many controls as its count says: the same filters, another view."""
    current = filtered.data.get("view", "")
    return tabs_of(VIEWS, counts, current, lambda key: _changed(filtered.data, view=key))


def chips_of(filtered: ControlFilter, request: HttpRequest) -> list[FilterChip]:
    """The status is always on: taking it off shows the retired ones too."""
    every = _changed(filtered.data, state=ALL)
    return [
        replace(chip, clear_url=every)
        if chip.field.name == "state" and filtered.data["state"] == KEPT
        else chip
        for chip in filter_chips(filtered.form, request)
    ]


def headings_of(filtered: ControlFilter) -> list[Heading]:
    sort = filtered.data.get("sort") or "code"

    def heading(key: str, name: str) -> Heading:
        url = _changed(filtered.data, sort=f"-{key}" if sort == key else key)
        aria = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
        return Heading(name, url, aria)

    return [
        heading("code", _("No.")),
        heading("name", _("Control")),
        Heading(pgettext("of a control", "Type")),
        heading("department", _("Responsible department")),
        Heading(_("Owner")),
        Heading(_("Risks")),
        Heading(_("Last check")),
        heading("check", _("Next check")),
    ]


def _changed(query: QueryDict, **values: str) -> str:
    """Without what goes without saying, so that a link is short: `?type=preventive`."""
    kept = query.copy()
    kept.pop("page", None)
    for name, value in values.items():
        kept[name] = value
    for name in list(kept):
        found = [value for value in kept.getlist(name) if value]
        if not found or (name, found) in _WITHOUT_SAYING:
            del kept[name]
        else:
            kept.setlist(name, found)
    return f"?{kept.urlencode()}"
