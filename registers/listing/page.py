"""One page of the list, and everything that stands around its rows."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from registers.filters import RiskFilter
from registers.listing.addresses import export_query
from registers.listing.chips import cell_of, chips_of, hidden_of, not_rated_url
from registers.listing.columns import headings_of
from registers.listing.tabs import views_of
from registers.models import Risk
from registers.permissions import can_create_risk, edits_risks
from riskhub.accounts.models import User
from riskhub.web.pagination import PER_PAGE, Page, page_asked


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
