"""Views of a list that somebody keeps: made and opened on the list itself, changed here."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from riskhub.audit.versions import StaleVersion
from riskhub.search.forms import SavedViewForm
from riskhub.search.models import SavedView
from riskhub.search.pages import is_offered, kept_of, shown_at
from riskhub.search.permissions import can_delete_saved_view, can_edit_saved_view
from riskhub.search.services import (
    create_saved_view,
    delete_saved_view,
    edit_saved_view,
    retake_saved_view,
)
from riskhub.web.access import require, signed_in
from riskhub.web.conflicts import conflict_of
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_METHODS)
@signed_in
def saved_view_create(request: SignedInRequest) -> HttpResponse:
    """Of the list that `?of=` names, with the filters and columns that stand behind it."""
    page = request.GET.get("of", "")
    if not is_offered(page):
        raise BadRequest
    query, columns = kept_of(page, request.GET)
    form = SavedViewForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        chosen = form.changes() | {"query": query, "columns": columns}
        try:
            view = create_saved_view(page, by=request.user, **chosen)
        except ValidationError as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
            return redirect(view)
    context = {"form": form, "back": shown_at(page, query, columns)}
    return render_page(request, "search/saved_view_create.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def saved_view_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    view = _visible(request, pk)
    require(can_edit_saved_view(request.user, view))
    form = SavedViewForm(request.POST or None, user=request.user, instance=copy(view))
    context: dict[str, object] = {"form": form, "view": view}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["row_version"]
        try:
            view = edit_saved_view(view, by=request.user, version=version, **form.changes())
        except StaleVersion as stale:
            conflicting = conflict_of(form, stale.current)
            context |= {"form": conflicting.form, "conflict": conflicting}
            return render_page(request, "search/saved_view_edit.html", context, status=409)
        except ValidationError as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("The view is changed."))
            return redirect(view)
    return render_page(request, "search/saved_view_edit.html", context)


@require_POST
@signed_in
def saved_view_retake(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep what the list shows now, which stands in the address."""
    view = _visible(request, pk)
    require(can_edit_saved_view(request.user, view))
    query, columns = kept_of(view.page, request.GET)
    try:
        view = retake_saved_view(view, by=request.user, query=query, columns=columns)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The view is changed."))
    return redirect(view)


@require_POST
@signed_in
def saved_view_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    view = _visible(request, pk)
    require(can_delete_saved_view(request.user, view))
    delete_saved_view(view, by=request.user)
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect(view.page)


def _visible(request: SignedInRequest, pk: int) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
