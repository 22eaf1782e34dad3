"""The heat map: how many risks stand in each cell, and the risks of the cell that is open."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from assessments.heat_map import HeatMap, OpenCell, heat_map_of, is_place, open_cell
from registers.choices import LEVEL_WORDS
from registers.filters import KINDS, NOT_RATED, RiskFilter
from registers.listing import address, chips_of
from registers.permissions import can_create_risk
from registers.tabs import ways_in
from riskhub.reports.charts.grid import PHONE, SCREEN, Layout, Place
from riskhub.reports.charts.heat_map import Link, describe_cell
from riskhub.reports.charts.heat_map import heat_map as draw
from riskhub.web.access import signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

TITLES = {
    "inherent": gettext_lazy("Inherent risk"),
    "residual": gettext_lazy("Residual risk"),
    "target": gettext_lazy("Target risk"),
}


@require_safe
@signed_in
def heat_map(request: SignedInRequest) -> HttpResponse:
    """Filtered as the list is; `?probability=4&impact=3` opens a cell, which filters nothing here."""
    query, place = _without_cell(request.GET)
    filtered = RiskFilter(query, request.user)
    risks = filtered.qs
    heat = heat_map_of(risks, filtered.chosen_kind)
    opened = open_cell(heat, place, risks) if place else None
    context = {
        "filtered": filtered,
        "chips": chips_of(filtered, request),
        "heat": heat,
        "title": TITLES[heat.kind],
        "opened": opened,
        "announce": _announce(heat, opened),
        "now": timezone.now(),
        "may_create": can_create_risk(request.user),
        "ways_in": ways_in(request.user),
        "moves_url": reverse("assessments:heat_map_moves") + address(query),
    }
    context |= _ways(filtered.data, heat) | _pictures(filtered.data, heat, place)
    response = render_page(request, "assessments/heat_map.html", context)
    response["HX-Push-Url"] = request.path + address(request.GET)
    return response


def _without_cell(given: QueryDict) -> tuple[QueryDict, Place | None]:
    """The filters, and the cell that is to be opened; an impossible one opens nothing."""
    query = given.copy()
    scores = [query.pop(axis, [""])[-1] for axis in ("probability", "impact")]
    return query, (int(scores[0]), int(scores[1])) if is_place(*scores) else None


def _ways(query: QueryDict, heat: HeatMap) -> dict[str, Any]:
    """Where the page leads: to the other kinds, and to the list with the same filters."""
    risks = reverse("registers:risk_list")
    here = {"kind": heat.kind}
    above = [word for rank, word in LEVEL_WORDS.items() if rank > heat.matrix.line_after]
    return {
        "kinds": [(kind, name, _url(query, kind=kind), kind == heat.kind) for kind, name in KINDS],
        "levels": [(level, risks + _url(query, level=level.word, **here)) for level in heat.levels],
        "above_url": risks + _url(query, level=above, **here),
        "not_rated_url": risks + _url(query, level=NOT_RATED, **here),
        "all_url": _url(query),
    }


def _pictures(query: QueryDict, heat: HeatMap, place: Place | None) -> dict[str, Any]:
    """The same counts three times: drawn wide, drawn for a phone, and as a table."""
    here = _url(query).rstrip("?")
    start = f"{here}&" if here else "?"
    urls = {p: f"{start}probability={p[0]}&impact={p[1]}" for p in heat.matrix.places()}
    return {
        "picture": _picture(heat, urls, place, SCREEN, "cell"),
        "small_picture": _picture(heat, urls, place, PHONE, "small"),
        "rows": _rows(heat, urls, place),
        "list_url": reverse("registers:risk_list") + urls[place] if place else "",
    }


def _picture(
    heat: HeatMap, urls: Mapping[Place, str], place: Place | None, layout: Layout, name: str
) -> str:
    links = {}
    for (probability, impact), url in urls.items():
        key = f"{probability}-{impact}"
        attributes = {"id": f"{name}-{key}", "data-cell": key, "data-hx-get": url}
        links[probability, impact] = Link(url, (probability, impact) == place, attributes)
    title = _("Heat map: %(kind)s") % {"kind": TITLES[heat.kind]}
    return draw(heat.matrix, heat.counts, title=title, layout=layout, links=links, notes=heat.notes)


def _rows(heat: HeatMap, urls: Mapping[Place, str], place: Place | None) -> list[dict[str, Any]]:
    """The table twin, impact from the highest: a row for each score, a cell for each probability."""
    matrix = heat.matrix
    return [
        {
            "step": impact,
            "cells": [
                {
                    "level": matrix.level(here),
                    "count": heat.counts.get(here, 0),
                    "url": urls[here],
                    "words": describe_cell(matrix, here, heat.counts.get(here, 0)),
                    "is_current": here == place,
                }
                for here in ((step.score, impact.score) for step in matrix.probability)
            ],
        }
        for impact in reversed(matrix.impact)
    ]


def _announce(heat: HeatMap, opened: OpenCell | None) -> str:
    """What is read out when the part has changed."""
    count = opened.count if opened else heat.count
    words = ngettext("%(count)d risk", "%(count)d risks", count) % {"count": count}
    if opened is None:
        return f"{TITLES[heat.kind]}: {words}"
    return describe_cell(heat.matrix, opened.cell.pair, count, opened.floor_reason)


def _url(query: QueryDict, **values: object) -> str:
    """The address with these values instead; several of one name where a list is given."""
    changed = query.copy()
    changed.pop("page", None)
    for name, value in values.items():
        changed.setlist(name, value if isinstance(value, list) else [str(value)])
    return address(changed) or "?"
