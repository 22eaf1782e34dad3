"""The answers that were kept of applied files: listed, renamed, deleted."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.forms.imports import VersionForm
from assessments.forms.kept_mappings import KeptMappingForm
from assessments.mapping_words import mapping_in_words
from assessments.permissions import can_edit_mapping, can_read_imports
from assessments.querysets import mappings_visible_to
from assessments.services.imports import delete_mapping, rename_mapping
from assessments.views.fetching import PAGE_METHODS
from riskhub.audit.versions import StaleVersion
from riskhub.imports.models import ImportMapping
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.conflicts import conflict_of
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

_PAGE = "assessments/mapping_edit.html"


@require_safe
@permitted(can_read_imports)
def mapping_list(request: SignedInRequest) -> HttpResponse:
    rows = mappings_visible_to(request.user).select_related("used_by")
    page = paginate(request, rows.order_by("target", "name", "pk"))
    return render_page(request, "assessments/mapping_list.html", {"page": page})


@require_http_methods(PAGE_METHODS)
@signed_in
def mapping_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its answers in words, and its name to be changed by whoever may import into the register."""
    kept = _visible(request, pk)
    may_edit = can_edit_mapping(request.user, kept)
    if request.method == "POST":
        require(may_edit)
    form = KeptMappingForm(request.POST or None, kept=kept)
    context: dict[str, Any] = {
        "kept": kept, "form": form, "may_edit": may_edit, "answers": mapping_in_words(kept.mapping),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        version, name = form.cleaned_data["row_version"], form.cleaned_data["name"]
        try:
            rename_mapping(kept, by=request.user, version=version, name=name)
        except StaleVersion as stale:
            conflict = conflict_of(form, stale.current)
            context |= {"form": conflict.form, "conflict": conflict}
            return render_page(request, _PAGE, context, status=409)
        messages.success(request, _("%(name)s is saved.") % {"name": name})
        return redirect("assessments:mapping_list")
    return render_page(request, _PAGE, context)


@require_POST
@signed_in
def mapping_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Of what the page showed: renamed or used meanwhile it is 409."""
    kept = _visible(request, pk)
    require(can_edit_mapping(request.user, kept))
    delete_mapping(kept, by=request.user, version=VersionForm(request.POST).version)
    words = _("%(name)s is deleted. The next such file is asked about anew.")
    messages.success(request, words % {"name": kept.name})
    return redirect("assessments:mapping_list")


def _visible(request: SignedInRequest, pk: int) -> ImportMapping:
    return get_object_or_404(mappings_visible_to(request.user).select_related("used_by"), pk=pk)
