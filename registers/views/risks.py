"""The list of risks, the page of one, and what is done to it."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registers.choices import RiskState
from registers.closing import closing_blockers
from registers.forms.risks import ReasonForm, RiskEditForm, RiskForm
from registers.models import Register, Risk
from registers.overview import overview_of
from registers.permissions import (
    can_create_risk,
    can_manage_department,
    fields_by_role,
)
from registers.services import CannotClose, close_risk, create_risk, edit_risk, reopen_risk
from registers.tabs import risk_head
from registers.timeline import timeline_of
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.entry.repeats import BACK_AND_AGAIN
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.conflicts import conflict_of
from riskhub.web.errors import turned_away
from riskhub.web.forms import take_refusal
from riskhub.web.pagination import page_asked
from riskhub.web.rendering import UNPROCESSABLE, render_page
from riskhub.web.requests import SignedInRequest

NEWEST = 6
PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_METHODS)
@permitted(can_create_risk)
def risk_create(request: SignedInRequest) -> HttpResponse:
    registers = Register.objects.kept_by(request.user)
    initial = {"register": registers.coded(request.GET.get("register", "")).first()}
    form = RiskForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            since = timezone.now() - BACK_AND_AGAIN
            risk = create_risk(form.draft(), by=request.user, once_since=since)
        except ValidationError as refusal:
            form.take(refusal)
        else:
            risk.refresh_from_db()
            _tell_of_new(request, risk, form)
            return redirect(risk)
    return render_page(request, "registers/risk_create.html", {"form": form})


@require_safe
@signed_in
def risk_detail(request: SignedInRequest, code: str) -> HttpResponse:
    risk = _visible(request, code)
    if risk.merged_into_id:
        survivor = _visible(request, risk.merged_into.code if risk.merged_into else "")
        words = _("%(code)s was merged into %(survivor)s.")
        messages.info(request, words % {"code": risk.code, "survivor": survivor.code})
        return redirect(survivor)
    timeline = timeline_of(risk, request.GET, page_asked(request), reader=request.user)
    context = overview_of(request.user, risk) | {"timeline": timeline}
    return render_page(request, "registers/risk_detail.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def risk_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Somebody saved in between: 409, both texts, and what was typed stays in the form."""
    risk = _visible(request, code)
    require(bool(fields_by_role(request.user, risk)))
    if not risk.is_open:
        return _is_not_open(request, risk)
    form = RiskEditForm(request.POST or None, user=request.user, instance=copy(risk))
    context: dict[str, Any] = {"risk": risk, "form": form}
    if request.method == "POST" and form.is_valid():
        version, changes = form.cleaned_data["row_version"], form.changes()
        try:
            saved = edit_risk(risk, by=request.user, version=version, **changes)
        except StaleVersion as stale:
            conflict = conflict_of(form, stale.current)
            context |= {"form": conflict.form, "conflict": conflict}
            return render_page(request, "registers/risk_edit.html", context, status=409)
        except ValidationError as refusal:
            form.take(refusal)
        else:
            tell_of_saved(request, saved, version)
            return redirect(risk)
    return render_page(request, "registers/risk_edit.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def risk_close(request: SignedInRequest, code: str) -> HttpResponse:
    """With a reason, and only when nothing is left open: what is, stands on the page."""
    risk = _visible(request, code)
    require(can_manage_department(request.user, risk.owner_department_id))
    if not risk.is_open:
        return _is_not_open(request, risk)
    form = ReasonForm(request.POST or None)
    blockers, status = closing_blockers(risk), None
    if request.method == "POST" and form.is_valid():
        try:
            close_risk(risk, by=request.user, reason=form.cleaned_data["reason"])
        except CannotClose as refusal:
            blockers, status = refusal.reasons, UNPROCESSABLE
        except WrongState:
            return _is_not_open(request, risk)
        else:
            messages.success(request, _("%(code)s is closed.") % {"code": risk.code})
            return redirect(risk)
    context = {"risk": risk, "form": form, "blockers": blockers}
    return render_page(request, "registers/risk_close.html", context, status=status)


@require_http_methods(PAGE_METHODS)
@signed_in
def risk_reopen(request: SignedInRequest, code: str) -> HttpResponse:
    risk = _visible(request, code)
    require(can_manage_department(request.user, risk.owner_department_id))
    form = ReasonForm(request.POST or None)
    if request.method != "POST" and risk.state != RiskState.CLOSED:
        return _is_not_closed(request, risk)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_risk(risk, by=request.user, reason=form.cleaned_data["reason"])
        except WrongState:
            return _is_not_closed(request, risk)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("%(code)s is open again.") % {"code": risk.code})
            return redirect(risk)
    return render_page(request, "registers/risk_reopen.html", {"risk": risk, "form": form})


@require_safe
@signed_in
def risk_history(request: SignedInRequest, code: str) -> HttpResponse:
    """Everything that happened to the risk and what belongs to it; `?newest` is the short form."""
    risk = _visible(request, code)
    is_short = "newest" in request.GET
    number = 1 if is_short else page_asked(request)
    timeline = timeline_of(risk, request.GET, number, reader=request.user)
    lines = timeline.lines[:NEWEST] if is_short else timeline.lines
    context = {"risk": risk, "timeline": timeline, "lines": lines, "is_short": is_short}
    if not (is_short and request.headers.get("HX-Request")):
        context["head"] = risk_head(request.user, risk, "history")
    return render_page(request, "registers/risk_history.html", context)


def tell_of_saved(request: SignedInRequest, saved: Risk, version: int) -> None:
    """`version` is the one that was changed, if anything was."""
    if saved.row_version == version:
        messages.info(request, _("Nothing was changed."))
    else:
        messages.success(request, _("%(code)s is saved.") % {"code": saved.code})


def _tell_of_new(request: SignedInRequest, risk: Risk, form: RiskForm) -> None:
    if risk.client_uuid == form.cleaned_data["client_uuid"]:
        messages.success(request, _("%(code)s is in the register.") % {"code": risk.code})
        return
    words = _(
        "You put this in already: %(code)s, the same in every field. Nothing was added twice."
    )
    messages.info(request, words % {"code": risk.code})


def _visible(request: SignedInRequest, code: str) -> Risk:
    """404 where it does not exist or belongs to a department that the user does not see."""
    return get_object_or_404(Risk.objects.visible_to(request.user).for_page().coded(code))


def _is_not_open(request: SignedInRequest, risk: Risk) -> HttpResponse:
    words = _("%(code)s is closed. Open it again to change it.") % {"code": risk.code}
    return turned_away(request, words, risk)


def _is_not_closed(request: SignedInRequest, risk: Risk) -> HttpResponse:
    return turned_away(request, _("%(code)s is not closed.") % {"code": risk.code}, risk)
