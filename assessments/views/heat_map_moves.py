"""Two days side by side: a picture of its own, with an arrow for each risk that moved between them."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from assessments.forms.moves import DaysForm
from assessments.moves import Moves, moves_of
from assessments.rereads import rereads_of
from assessments.views.heat_map import TITLES
from registers.filters import KINDS, RiskFilter
from registers.listing import address, chips_of
from riskhub.company.calendar import Quarter
from riskhub.company.preferences import company_zone
from riskhub.reports.charts.grid import PRINT, Layout
from riskhub.reports.charts.moves import MOST_MOVES, NARROW, move_map
from riskhub.web.access import signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

_DAYS = ("since", "until")


@require_safe
@signed_in
def heat_map_moves(request: SignedInRequest) -> HttpResponse:
    """Filtered as the map is; without days from the end of the former quarter until today."""
    query, form = _without_days(request.GET)
    filtered = RiskFilter(query, request.user)
    context: dict[str, Any] = {
        "filtered": filtered, "chips": chips_of(filtered, request), "form": form,
        "title": TITLES[filtered.chosen_kind], "kind": filtered.chosen_kind,
        "map_url": reverse("assessments:heat_map") + address(query),
        "kinds": [(kind, name, _url(request.GET, kind), kind == filtered.chosen_kind)
                  for kind, name in KINDS],
    }  # fmt: skip
    if form.is_valid():
        days = form.cleaned_data["since"], form.cleaned_data["until"]
        moves = moves_of(filtered.qs, filtered.chosen_kind, *days)
        context |= {"moves": moves, "announce": _announce(moves), "most": MOST_MOVES}
        context |= {"rereads": rereads_of(filtered.qs, filtered.chosen_kind, *days)}
        context |= {"since": days[0], "until": days[1]}
        context |= {
            "picture": _picture(moves, *days),
            "small_picture": _picture(moves, *days, NARROW),
        }
    response = render_page(request, "assessments/heat_map_moves.html", context)
    response["HX-Push-Url"] = request.path + address(request.GET)
    return response


def _without_days(given: QueryDict) -> tuple[QueryDict, DaysForm]:
    query = given.copy()
    today = timezone.localdate(timezone=company_zone())
    usual = {"since": Quarter.of(today).starts_on - timedelta(days=1), "until": today}
    sent = {name: query.pop(name, [""])[-1] for name in _DAYS}
    return query, DaysForm({name: sent[name] or usual[name] for name in _DAYS})


def _picture(moves: Moves, since: date, until: date, layout: Layout = PRINT) -> str:
    if not moves.pairs:
        return ""
    words = ngettext("%(count)d risk moved", "%(count)d risks moved", moves.count)
    title = f"{words % {'count': moves.count}}, {since.isoformat()} – {until.isoformat()}"
    matrix = moves.standard.scales.matrix
    drawn = [pair.move for pair in moves.pairs]
    return move_map(matrix, drawn, title=title, is_over_time=True, layout=layout)


def _announce(moves: Moves) -> str:
    words = ngettext("%(count)d risk moved", "%(count)d risks moved", moves.count)
    return words % {"count": moves.count}


def _url(query: QueryDict, kind: str) -> str:
    changed = query.copy()
    changed["kind"] = kind
    return address(changed) or "?"
