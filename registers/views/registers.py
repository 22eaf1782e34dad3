from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registers.archiving import archive_blockers
from registers.choices import RegisterState
from registers.forms.registers import RegisterEditForm, RegisterForm
from registers.models import Register, Risk
from registers.permissions import can_create_register, can_create_risk, can_edit_register
from registers.services import (
    RegisterInUse,
    archive_register,
    create_register,
    edit_register,
    reopen_register,
)
from registers.tabs import ways_in
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.conflicts import conflict_of
from riskhub.web.errors import turned_away
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import UNPROCESSABLE, render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
LIST = "registers:register_list"


@require_safe
@signed_in
def register_list(request: SignedInRequest) -> HttpResponse:
    """Each register with what the user sees in it: open risks, those above the line, those not rated.

    Those that were archived stand at the end.
    """
    visible = Register.objects.visible_to(request.user)
    registers = visible.select_related("department", "service_line").order_by("state", "code")
    counts = Risk.objects.visible_to(request.user).by_register()
    context = {
        "rows": [(register, counts.get(register.pk, {})) for register in registers],
        "editable": {row.pk for row in registers if can_edit_register(request.user, row)},
        "may_create": can_create_register(request.user),
        "may_fill": can_create_risk(request.user),
        "ways_in": ways_in(request.user),
    }
    return render_page(request, "registers/register_list.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_create_register)
def register_create(request: SignedInRequest) -> HttpResponse:
    form = RegisterForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        register = create_register(by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is made.") % {"name": register.name})
        return redirect(LIST)
    return render_page(request, "registers/register_create.html", {"form": form})


@require_http_methods(PAGE_METHODS)
@signed_in
def register_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Somebody saved in between: 409, both texts, and what was typed stays in the form."""
    register = _kept(request, code)
    form = RegisterEditForm(request.POST or None, user=request.user, instance=copy(register))
    context: dict[str, Any] = {"register": register, "form": form}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["row_version"]
        try:
            edit_register(register, by=request.user, version=version, **form.changes())
        except StaleVersion as stale:
            conflict = conflict_of(form, stale.current)
            context |= {"form": conflict.form, "conflict": conflict}
            return render_page(request, "registers/register_edit.html", context, status=409)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.instance.name})
            return redirect(LIST)
    return render_page(request, "registers/register_edit.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def register_archive(request: SignedInRequest, code: str) -> HttpResponse:
    """Only when nothing is open in it: what is, stands on the page."""
    register = _kept(request, code)
    if register.state == RegisterState.ARCHIVED:
        words = _("%(name)s is archived already.") % {"name": register.name}
        return turned_away(request, words, LIST)
    blockers, status = archive_blockers(register, request.user), None
    if request.method == "POST":
        try:
            archive_register(register, by=request.user)
        except RegisterInUse as refusal:
            blockers, status = refusal.blockers, UNPROCESSABLE
        except WrongState as refusal:
            return turned_away(request, str(refusal), LIST)
        else:
            messages.success(request, _("%(name)s is archived.") % {"name": register.name})
            return redirect(LIST)
    context = {"register": register, "blockers": blockers}
    return render_page(request, "registers/register_archive.html", context, status=status)


@require_POST
@signed_in
def register_reopen(request: SignedInRequest, code: str) -> HttpResponse:
    register = _kept(request, code)
    try:
        reopen_register(register, by=request.user)
    except WrongState as refusal:
        return turned_away(request, str(refusal), LIST)
    except ValidationError as refusal:
        return turned_away(request, " ".join(refusal.messages), LIST)
    messages.success(request, _("%(name)s is open again.") % {"name": register.name})
    return redirect(LIST)


def _kept(request: SignedInRequest, code: str) -> Register:
    """404 where the user does not see it, 403 where somebody else keeps it."""
    registers = Register.objects.visible_to(request.user).select_related("department")
    register = get_object_or_404(registers.coded(code))
    require(can_edit_register(request.user, register))
    return register
