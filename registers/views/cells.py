"""One field of a risk, edited where it stands in the list."""

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registers.filters import RiskFilter
from registers.forms.cells import RiskFieldForm, fields_of
from registers.listing import address, row_again
from registers.models import Risk
from registers.permissions import fields_by_role
from registers.services import edit_risk
from registers.views.risks import tell_of_saved
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import require, signed_in
from riskhub.web.conflicts import Conflict, conflict_of
from riskhub.web.errors import turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest, wants_part

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_METHODS)
@signed_in
def risk_field(request: SignedInRequest, code: str) -> HttpResponse:
    """Of the column that `?column=` names; the rest of the address is that of the list, for the way back."""
    key = request.GET.get("column", "")
    risk = get_object_or_404(Risk.objects.visible_to(request.user).for_page().coded(code))
    fields = fields_of(key, risk)
    if not fields:
        raise Http404
    require(fields <= fields_by_role(request.user, risk))
    if not risk.is_open:
        words = _("%(code)s is closed. Open it again to change it.") % {"code": risk.code}
        return turned_away(request, words, risk)
    form = RiskFieldForm(request.POST or None, user=request.user, instance=copy(risk), key=key)
    context: dict[str, Any] = {"risk": risk, "form": form, "key": key, "back": _list(request)}
    if request.method == "POST" and form.is_valid():
        try:
            conflict = _save(request, risk, form)
        except ValidationError as refusal:
            form.take(refusal)
        else:
            if conflict is None:
                return _saved(request, risk)
            context |= {"form": conflict.form, "conflict": conflict}
            return render_page(request, "registers/risk_field.html", context, status=409)
    return render_page(request, "registers/risk_field.html", context)


def _save(request: SignedInRequest, risk: Risk, form: RiskFieldForm) -> Conflict | None:
    """What another changed meanwhile stops only who changes the same field; nothing of it is undone."""
    version = form.cleaned_data["row_version"]
    for _again in range(2):
        try:
            saved = edit_risk(risk, by=request.user, version=version, **form.changes())
        except StaleVersion as stale:
            conflict = conflict_of(form, stale.current)
            if conflict.differences or conflict.taken:
                return conflict
            version = stale.current.row_version  # type: ignore[attr-defined]  # of every risk
        else:
            tell_of_saved(request, saved, version)
            return None
    return conflict_of(form, Risk.objects.get(pk=risk.pk))


def _saved(request: SignedInRequest, risk: Risk) -> HttpResponse:
    """The row as it is now, in its place; it moves only when the list is asked for again."""
    if not wants_part(request):
        return redirect(_list(request))
    response = HttpResponse(row_again(RiskFilter(request.GET, request.user), request.user, risk))
    response["HX-Retarget"] = f'tr[data-code="{risk.code}"]'
    response["HX-Reswap"] = "outerHTML" if response.content else "delete"
    response["HX-Trigger-After-Settle"] = "risk-saved"
    return response


def _list(request: SignedInRequest) -> str:
    query = request.GET.copy()
    query.pop("column", None)
    return f"{reverse('registers:risk_list')}{address(query)}"
