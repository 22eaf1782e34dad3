"""Policies, clauses and suppliers: to whom risks are passed on."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registers.disputes import disputes_of
from registers.forms.transfers import transfer_form
from registers.listing.tabs import View
from registers.models.transfers import TRANSFERS, ContractClause, InsurancePolicy, Transfer
from registers.permissions import can_edit_transfers, sees_risks
from registers.services import create_transfer, edit_transfer, end_transfer, reopen_transfer
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import permitted
from riskhub.web.conflicts import conflict_of
from riskhub.web.errors import turned_away
from riskhub.web.forms import take_refusal
from riskhub.web.pagination import Page, paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
TITLES = {
    "policy": gettext_lazy("Insurance policies"),
    "clause": gettext_lazy("Contract clauses"),
    "supplier": gettext_lazy("Suppliers"),
}
ADD = {
    "policy": gettext_lazy("Enter a policy"),
    "clause": gettext_lazy("Enter a clause"),
    "supplier": gettext_lazy("Enter a supplier"),
}


@require_safe
@permitted(sees_risks)
def transfer_list(request: SignedInRequest) -> HttpResponse:
    """One kind of them, or one alone by its code: what ends first stands first."""
    kind, code = request.GET.get("kind") or InsurancePolicy.kind, request.GET.get("code", "")
    model = _model(kind)
    rows = model._default_manager.visible_to(request.user)
    page: Page[Transfer] = paginate(request, (rows.coded(code) if code else rows).in_order())
    counts = {key: one._default_manager.active().count() for key, one in TRANSFERS.items()}
    url = reverse("registers:transfer_list")
    if kind == ContractClause.kind:
        disputes = disputes_of([one.pk for one in page])
        for one in page:
            one.disputes_of_year = disputes.get(one.pk)  # type: ignore[attr-defined]  # for its row
    context = {
        "page": page,
        "kind": kind,
        "code": code,
        "title": TITLES[kind],
        "add": ADD[kind],
        "views": [
            View(TITLES[key], f"{url}?kind={key}", counts[key], key == kind) for key in TRANSFERS
        ],
        "may_edit": can_edit_transfers(request.user),
    }
    return render_page(request, "registers/transfer_list.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_transfers)
def transfer_create(request: SignedInRequest, kind: str) -> HttpResponse:
    model = _model(kind)
    form: Any = transfer_form(model, is_new=True)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_transfer(model, form.draft(), by=request.user)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is entered.") % {"name": made.name})
            return redirect(_list_of(made))
    context = {"form": form, "kind": kind, "title": TITLES[kind], "add": ADD[kind]}
    return render_page(request, "registers/transfer_create.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_transfers)
def transfer_edit(request: SignedInRequest, key: str) -> HttpResponse:
    """Somebody saved in between: 409, both texts, and what was typed stays in the form."""
    transfer = _transfer(request, key)
    form: Any = transfer_form(type(transfer), is_new=False)(
        request.POST or None, instance=copy(transfer)
    )
    context: dict[str, Any] = {"transfer": transfer, "form": form, "title": TITLES[transfer.kind]}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["row_version"]
        try:
            edit_transfer(transfer, by=request.user, version=version, **form.changes())
        except StaleVersion as stale:
            conflict = conflict_of(form, stale.current)
            context |= {"form": conflict.form, "conflict": conflict}
            return render_page(request, "registers/transfer_edit.html", context, status=409)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.instance.name})
            return redirect(_list_of(transfer))
    return render_page(request, "registers/transfer_edit.html", context)


@require_POST
@permitted(can_edit_transfers)
def transfer_end(request: SignedInRequest, key: str) -> HttpResponse:
    transfer = _transfer(request, key)
    try:
        end_transfer(transfer, by=request.user)
    except WrongState as refusal:
        return turned_away(request, str(refusal), _list_of(transfer))
    messages.success(request, _("%(name)s is ended.") % {"name": transfer.name})
    return redirect(_list_of(transfer))


@require_POST
@permitted(can_edit_transfers)
def transfer_reopen(request: SignedInRequest, key: str) -> HttpResponse:
    transfer = _transfer(request, key)
    try:
        reopen_transfer(transfer, by=request.user)
    except WrongState as refusal:
        return turned_away(request, str(refusal), _list_of(transfer))
    messages.success(request, _("%(name)s is in use again.") % {"name": transfer.name})
    return redirect(_list_of(transfer))


def _model(kind: str) -> type[Transfer]:
    if kind not in TRANSFERS:
        raise Http404
    return TRANSFERS[kind]


def _transfer(request: SignedInRequest, key: str) -> Transfer:
    kind, _separator, code = key.partition(":")
    rows = _model(kind)._default_manager.visible_to(request.user)
    return get_object_or_404(rows.coded(code))


def _list_of(transfer: Transfer) -> str:
    return f"{reverse('registers:transfer_list')}?kind={transfer.kind}"
