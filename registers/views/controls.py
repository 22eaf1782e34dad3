"""The catalogue of controls, the page of one, and what is done to it."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registers.control_filters import ControlFilter
from registers.control_listing import chips_of, headings_of, views_of
from registers.control_page import only_barriers, page_of
from registers.forms.controls import ControlEditForm, ControlForm
from registers.forms.risks import ReasonForm
from registers.models import Control, ControlCheck
from registers.permissions import can_create_control, can_edit_control
from registers.services import (
    Retired,
    activate_control,
    create_control,
    edit_control,
    retire_control,
)
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.entry.repeats import BACK_AND_AGAIN
from riskhub.files.reading import with_attachments
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.conflicts import conflict_of
from riskhub.web.errors import conflict, turned_away
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@signed_in
def control_list(request: SignedInRequest) -> HttpResponse:
    """All that are not retired, or what the address asks for."""
    filtered = ControlFilter(request.GET, request.user)
    counts = filtered.tally()
    rows = Control.objects.for_list().with_risks(request.user)
    context = {
        "page": paginate(request, filtered.qs, load=rows),
        "filtered": filtered,
        "views": views_of(filtered, counts),
        "chips": chips_of(filtered, request),
        "headings": headings_of(filtered),
        "today": timezone.localdate(),
        "may_create": can_create_control(request.user),
    }
    return render_page(request, "registers/control_list.html", context)


@require_safe
@signed_in
def control_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """Facts, the risks it acts on, and what its checks have found."""
    control = visible_control(request, code)
    checks = ControlCheck.objects.filter(control=control).newest_first().select_related("done_by")
    page = paginate(request, checks)
    with_attachments(page)
    context = {**page_of(control, request.user), "page": page}
    return render_page(request, "registers/control_detail.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_create_control)
def control_create(request: SignedInRequest) -> HttpResponse:
    form = ControlForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            since = timezone.now() - BACK_AND_AGAIN
            control = create_control(form.draft(), by=request.user, once_since=since)
        except ValidationError as refusal:
            form.take(refusal)
        else:
            control.refresh_from_db()
            _tell_of_new(request, control, form)
            return redirect(control)
    return render_page(request, "registers/control_create.html", {"form": form})


@require_http_methods(PAGE_METHODS)
@signed_in
def control_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Somebody saved in between: 409, both texts, and what was typed stays in the form."""
    control = visible_control(request, code)
    require(can_edit_control(request.user, control))
    if control.state == "retired":
        return turned_away(request, str(Retired()), control)
    form = ControlEditForm(request.POST or None, user=request.user, instance=copy(control))
    context: dict[str, Any] = {"control": control, "form": form}
    if request.method == "POST" and form.is_valid():
        version, changes = form.cleaned_data["row_version"], form.changes()
        try:
            edit_control(control, by=request.user, version=version, **changes)
        except StaleVersion as stale:
            found = conflict_of(form, stale.current)
            context |= {"form": found.form, "conflict": found}
            return render_page(request, "registers/control_edit.html", context, status=409)
        except ValidationError as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("%(code)s is saved.") % {"code": control.code})
            return redirect(control)
    return render_page(request, "registers/control_edit.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def control_retire(request: SignedInRequest, code: str) -> HttpResponse:
    """With a reason; the risks that it alone protects stand on the page before one decides."""
    control = visible_control(request, code)
    require(can_edit_control(request.user, control))
    form = ReasonForm(request.POST or None)
    if request.method != "POST" and control.state == "retired":
        return turned_away(request, _("This control is already retired."), control)
    if request.method == "POST" and form.is_valid():
        try:
            retire_control(control, by=request.user, reason=form.cleaned_data["reason"])
        except WrongState as refusal:
            return turned_away(request, str(refusal), control)
        messages.success(request, _("%(code)s is retired.") % {"code": control.code})
        return redirect(control)
    context = {"control": control, "form": form, "alone": only_barriers(control, request.user)}
    return render_page(request, "registers/control_retire.html", context)


@require_POST
@signed_in
def control_activate(request: SignedInRequest, code: str) -> HttpResponse:
    """A planned or retired one is in use from now on."""
    control = visible_control(request, code)
    require(can_edit_control(request.user, control))
    try:
        activate_control(control, by=request.user)
    except WrongState as refusal:
        return conflict(request, str(refusal))
    messages.success(request, _("%(code)s is in use.") % {"code": control.code})
    return redirect(control)


def visible_control(request: SignedInRequest, code: str) -> Control:
    """404 where it does not exist or belongs to a department that the user does not see."""
    controls = Control.objects.visible_to(request.user).for_list()
    return get_object_or_404(controls.coded(code))


def _tell_of_new(request: SignedInRequest, control: Control, form: ControlForm) -> None:
    if control.client_uuid == form.cleaned_data["client_uuid"]:
        messages.success(request, _("%(code)s is in the catalogue.") % {"code": control.code})
        return
    words = _("You put this in already: %(code)s. Nothing was added twice.")
    messages.info(request, words % {"code": control.code})
