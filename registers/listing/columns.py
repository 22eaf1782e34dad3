"""The columns of the list and the orders that their heads give."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from registers.filters import RiskFilter
from registers.listing.addresses import changed


@dataclass(frozen=True)
class Heading:
    """A column; without `url` it is no order. `aria` says the order that is in force."""

    name: str
    url: str = ""
    aria: str = ""


def headings_of(filtered: RiskFilter) -> list[Heading]:
    sort = filtered.data.get("sort") or "rank"

    def heading(key: str, name: str, *, first: str = "") -> Heading:
        """`first` is the order that the first click gives."""
        first = first or key
        other = first.removeprefix("-") if first.startswith("-") else f"-{first}"
        url = changed(filtered.data, sort=other if sort == first else first)
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
