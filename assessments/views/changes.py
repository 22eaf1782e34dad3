"""Process changes: the list, the page of one, and writing its draft."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.changes.filters import ChangeFilter
from assessments.changes.page import page_of
from assessments.changes.permissions import can_create_change, can_edit_change, may_write_change
from assessments.choices import ChangeState
from assessments.forms.changes import ChangeEditForm, ChangeForm
from assessments.models import ProcessChange
from assessments.services import create_change, edit_change
from assessments.views.fetching import PAGE_METHODS, visible_change
from registers.permissions import sees_risks
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.conflicts import conflict_of
from riskhub.web.errors import conflict, turned_away
from riskhub.web.filters import filter_chips
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@permitted(sees_risks)
def change_list(request: SignedInRequest) -> HttpResponse:
    """Not yet over unless asked otherwise, the one that is planned first at the top."""
    filtered = ChangeFilter(request.GET, request.user)
    context = {
        "page": paginate(request, filtered.qs, load=ProcessChange.objects.for_list()),
        "filtered": filtered,
        "chips": filter_chips(filtered.form, request),
        "today": timezone.localdate(),
        "may_create": can_create_change(request.user),
    }
    return render_page(request, "assessments/change_list.html", context)


@require_safe
@signed_in
def change_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """What is changed, the risks that it touches and how far they are judged, and the next step."""
    change = visible_change(request, code)
    return render_page(request, "assessments/change_detail.html", page_of(change, request.user))


@require_http_methods(PAGE_METHODS)
@permitted(can_create_change)
def change_create(request: SignedInRequest) -> HttpResponse:
    form = ChangeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            change = create_change(form.draft(), by=request.user)
        except ValidationError as refusal:
            form.take(refusal)
        else:
            words = _("%(code)s is kept as a draft. Look through its risks, then submit it.")
            messages.success(request, words % {"code": change.code})
            return redirect(change)
    return render_page(request, "assessments/change_create.html", {"form": form})


@require_http_methods(PAGE_METHODS)
@signed_in
def change_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Somebody saved in between: 409, both texts, and what was typed stays in the form."""
    change = visible_change(request, code)
    require(may_write_change(request.user, change))
    if not can_edit_change(request.user, change):
        return turned_away(request, str(WrongState(change, ChangeState.DRAFT)), change)
    form = ChangeEditForm(request.POST or None, user=request.user, instance=copy(change))
    context: dict[str, Any] = {"change": change, "form": form}
    if request.method == "POST" and form.is_valid():
        version, changes = form.cleaned_data["row_version"], form.changes()
        try:
            edit_change(change, by=request.user, version=version, **changes)
        except StaleVersion as stale:
            found = conflict_of(form, stale.current)
            context |= {"form": found.form, "conflict": found}
            return render_page(request, "assessments/change_edit.html", context, status=409)
        except WrongState as refusal:
            return conflict(request, str(refusal))
        except ValidationError as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("%(code)s is saved.") % {"code": change.code})
            return redirect(change)
    return render_page(request, "assessments/change_edit.html", context)
