"""One change on many risks of the list: chosen, looked at, done, and taken back for some seconds."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from registers.effects import told_of
from registers.filters import RiskFilter
from registers.forms.bulk import BulkForm
from registers.listing import address
from registers.models import BulkEdit, Risk
from registers.permissions import can_edit_in_bulk
from registers.querysets import numbers_in
from registers.services import (
    NotAsShown,
    TouchedSince,
    UndoneAlready,
    edit_risks,
    undo_bulk_edit,
)
from registers.weighing import MOST, weigh
from riskhub.entry.undo import TooLate
from riskhub.web.access import permitted
from riskhub.web.rendering import UNPROCESSABLE, render_page
from riskhub.web.requests import SignedInRequest
from riskhub.web.toasts import offer_undo

_LONG = ("search", "cause", "event", "consequence", "closed_reason")
PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_in_bulk)
def risk_bulk(request: SignedInRequest) -> HttpResponse:
    """`pick` names the risks, or `whole` takes all that the list of `list` finds.

    The first press shows the effect, the second does exactly that; where the risks were changed in
    between it shows the effect anew (409).
    """
    given = request.POST if request.method == "POST" else request.GET
    risks, count = _chosen(request, given)
    form = BulkForm(request.POST or None, user=request.user)
    context: dict[str, Any] = _selection(given, risks, count) | {"form": form}
    if request.method != "POST" or not form.is_valid() or not 0 < count <= MOST:
        status = UNPROCESSABLE if request.method == "POST" else None
        return render_page(request, "registers/risk_bulk.html", context, status=status)
    change = form.change()
    if "digest" not in given:
        effect = weigh(risks, change, request.user)
        context |= {"effect": effect, "told": told_of(effect, change)}
        return render_page(request, "registers/risk_bulk.html", context)
    try:
        bulk = edit_risks(risks, change, by=request.user, digest=given["digest"])
    except NotAsShown as changed:
        told = told_of(changed.effect, change)
        context |= {"effect": changed.effect, "told": told, "changed": str(changed)}
        return render_page(request, "registers/risk_bulk.html", context, status=409)
    _tell(request, bulk, given.get("list", ""))
    return redirect(context["list_url"])


@require_POST
@permitted(can_edit_in_bulk)
def bulk_edit_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """For some seconds, by whoever did it, and only where nobody has worked on the risks since."""
    bulk = get_object_or_404(BulkEdit, pk=pk, made_by=request.user)
    try:
        undone = undo_bulk_edit(bulk, by=request.user)
    except (TouchedSince, TooLate) as refusal:
        messages.error(request, str(refusal))
    except UndoneAlready:
        messages.info(request, _("This was taken back already."))
    else:
        count = len(undone.before)
        told = ngettext("%(count)d risk is as it was.", "%(count)d risks are as they were.", count)
        messages.success(request, told % {"count": count})
    return redirect(_list_url(request.GET))


def _list_url(given: QueryDict) -> str:
    """The list that it was done from, filtered and grouped as it was."""
    return f"{reverse('registers:risk_list')}{address(QueryDict(given.get('list', '')))}"


def _chosen(request: SignedInRequest, given: QueryDict) -> tuple[list[Risk], int]:
    """The risks, at most as many as can be changed at once, and how many were meant."""
    if given.get("whole"):
        filtered = RiskFilter(QueryDict(given.get("list", "")), request.user)
        found, count = filtered.qs, filtered.qs.order_by().count()
    else:
        numbers = numbers_in(given.getlist("pick"))
        found = Risk.objects.visible_to(request.user).filter(number__in=numbers).in_ranking()
        count = len(numbers)
    rows = found.select_related("owner", "owner_department").defer(*_LONG)[:MOST]
    risks = list(rows) if count <= MOST else []
    return risks, len(risks) if count <= MOST else count


def _selection(given: QueryDict, risks: list[Risk], count: int) -> dict[str, Any]:
    too_many = _("%(count)s risks are too many at once. Filter the list to %(most)s or fewer.")
    return {
        "risks": risks,
        "count": count,
        "whole": bool(given.get("whole")),
        "list": given.get("list", ""),
        "list_url": _list_url(given),
        "refusal": too_many % {"count": count, "most": MOST} if count > MOST else "",
    }


def _tell(request: SignedInRequest, bulk: BulkEdit, listed: str) -> None:
    count = len(bulk.before)
    told = ngettext("%(count)d risk is changed.", "%(count)d risks are changed.", count)
    url = f"{reverse('registers:bulk_edit_undo', args=[bulk.pk])}?{urlencode({'list': listed})}"
    offer_undo(request, told % {"count": count}, url)
