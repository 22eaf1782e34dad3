"""The lists by which risks are sorted: categories, areas, sources, service lines."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registers.forms.taxonomy import term_form
from registers.models.taxonomy import Term
from registers.permissions import can_edit_taxonomy, can_read_taxonomy
from registers.services import TermInUse, create_term, delete_term, edit_term, move_term
from registers.term_uses import FIXED, KINDS, can_be_deleted, term_of, uses_in
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import permitted
from riskhub.web.conflicts import conflict_of
from riskhub.web.errors import turned_away
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
LIST = "registers:term_list"
TITLES = {
    "category": gettext_lazy("Categories"),
    "area": gettext_lazy("Areas"),
    "source": gettext_lazy("Sources"),
    "line": gettext_lazy("Service lines"),
}


@require_safe
@permitted(can_read_taxonomy)
def term_list(request: SignedInRequest) -> HttpResponse:
    """Each list in its order, with how many rows name each entry."""
    lists = []
    for kind, model in KINDS.items():
        uses = uses_in(model)
        rows = [(term, uses.get(term.pk, 0)) for term in model._default_manager.all()]
        lists.append(
            {"kind": kind, "title": TITLES[kind], "rows": rows, "is_fixed": model is FIXED}
        )
    context = {"lists": lists, "may_edit": can_edit_taxonomy(request.user)}
    return render_page(request, "registers/term_list.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_taxonomy)
def term_create(request: SignedInRequest, kind: str) -> HttpResponse:
    model = KINDS.get(kind)
    if model is None or model is FIXED:
        raise Http404
    form: Any = term_form(model, is_new=True)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            term = create_term(model, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is made.") % {"name": term.name})
            return redirect(LIST)
    context = {"form": form, "kind": kind, "title": TITLES[kind]}
    return render_page(request, "registers/term_create.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_taxonomy)
def term_edit(request: SignedInRequest, key: str) -> HttpResponse:
    """Somebody saved in between: 409, both texts, and what was typed stays in the form."""
    term = _term(key)
    form: Any = term_form(type(term), is_new=False)(request.POST or None, instance=copy(term))
    context: dict[str, Any] = {"term": term, "form": form, "may_delete": can_be_deleted(term)}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["row_version"]
        try:
            edit_term(term, by=request.user, version=version, **form.changes())
        except StaleVersion as stale:
            conflict = conflict_of(form, stale.current)
            context |= {"form": conflict.form, "conflict": conflict}
            return render_page(request, "registers/term_edit.html", context, status=409)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.instance.name})
            return redirect(LIST)
    return render_page(request, "registers/term_edit.html", context)


@require_POST
@permitted(can_edit_taxonomy)
def term_move(request: SignedInRequest, key: str) -> HttpResponse:
    term, direction = _term(key), request.POST.get("to", "")
    if direction not in {"up", "down"}:
        raise BadRequest
    move_term(term, by=request.user, up=direction == "up")
    return redirect(LIST)


@require_POST
@permitted(can_edit_taxonomy)
def term_delete(request: SignedInRequest, key: str) -> HttpResponse:
    term = _term(key)
    try:
        delete_term(term, by=request.user)
    except TermInUse as refusal:
        return turned_away(request, str(refusal), LIST)
    messages.success(request, _("%(name)s is deleted.") % {"name": term.name})
    return redirect(LIST)


def _term(key: str) -> Term:
    term = term_of(key)
    if term is None:
        raise Http404
    return term
