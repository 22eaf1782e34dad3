"""The list of risks, what stands beside it, and the list as a file."""

from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from registers import reports
from registers.columns import DEFAULT, known
from registers.filters import RiskFilter
from registers.forms.lists import ColumnsForm
from registers.listing import address, around, shortcuts_of
from registers.listing.page import PAGE
from registers.models import Risk
from registers.panel import panel_of
from registers.permissions import can_create_risk
from registers.querysets import numbers_in
from registers.tabs import ways_in
from riskhub.search.services import keep_setting
from riskhub.web.access import signed_in
from riskhub.web.rendering import part_wanted, render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def risk_list(request: SignedInRequest) -> HttpResponse:
    """All registers or those that `?register=` names; the address holds everything that is chosen.

    `?open=R012` shows that risk beside the list; where htmx asks for the panel alone, only that is read.
    """
    if part_wanted(request, "registers/risk_list.html") == "risk-panel":
        return _panel_alone(request)
    filtered = RiskFilter(request.GET, request.user)
    context = around(filtered, request, request.user) | {
        "panel": panel_of(request.user, request.GET.get("open", ""), filtered.data),
        "may_create": can_create_risk(request.user),
        "ways_in": ways_in(request.user),
        "shortcuts": shortcuts_of(request.user),
    }
    response = render_page(request, "registers/risk_list.html", context)
    response["HX-Push-Url"] = request.path + address(filtered.data)
    return response


@require_POST
@signed_in
def risk_columns(request: SignedInRequest) -> HttpResponse:
    """Keep the columns and the height of the rows, and show them; the address says them, too."""
    form = ColumnsForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    columns, is_compact = known(form.cleaned_data["columns"]), form.cleaned_data["is_compact"]
    keep_setting(PAGE, by=request.user, columns=columns, is_compact=is_compact)
    query = RiskFilter(request.GET, request.user).data
    query["columns"] = "" if columns == list(DEFAULT) else ",".join(columns)
    query["density"] = ""
    return redirect(f"{reverse('registers:risk_list')}{address(query)}")


@require_GET
@signed_in
def risk_export(request: SignedInRequest) -> HttpResponseBase:
    """Exactly the rows that the list shows under the same address, or those that are picked, as a file.

    With `columns` only those, with `form=list` the four of the guide, else every column.
    """
    form = request.GET.get("format", "")
    if form not in reports.FORMS:
        raise BadRequest
    asked = QueryDict(request.GET["list"]) if "list" in request.GET else request.GET
    filtered = RiskFilter(asked, request.user)
    risks, picked = filtered.qs, numbers_in(request.GET.getlist("pick"))
    if picked and "whole" not in request.GET:
        risks = Risk.objects.visible_to(request.user).filter(number__in=picked).in_ranking()
    most = reports.MOST.get(form)
    if most and risks.order_by().count() > most:
        words = _("Such a file holds %(most)s risks at most. Filter the list, or take CSV.")
        messages.error(request, words % {"most": f"{most:,}"})
        return redirect(f"{reverse('registers:risk_list')}{address(filtered.data)}")
    columns = ",".join(request.GET.getlist("columns"))
    file = reports.export_risks(
        risks,
        by=request.user,
        form=form,
        shown=columns.split(",") if columns else None,
        as_guide=request.GET.get("form") == "list" and form in ("xlsx", "csv"),
    )
    return FileResponse(
        file.content, as_attachment=True, filename=file.name, content_type=file.content_type
    )


def _panel_alone(request: SignedInRequest) -> HttpResponse:
    """Opening it is a step back in the browser; moving on to the next risk is none."""
    panel = panel_of(request.user, request.GET.get("open", ""), request.GET)
    if panel is None:
        raise Http404
    response = render_page(request, "registers/risk_list.html", {"panel": panel})
    before = parse_qs(urlsplit(request.htmx.current_url or "").query)
    moved = "HX-Replace-Url" if "open" in before else "HX-Push-Url"
    response[moved] = request.path + address(request.GET)
    return response
