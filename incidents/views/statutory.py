"""Reminders by law: their settings."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from incidents.forms.handling import PressForm
from incidents.forms.statutory import RuleForm
from incidents.models import StatutoryRule
from incidents.permissions import can_edit_severities, can_read_severities
from incidents.services.statutory import confirm_rule, edit_rule, stop_rule
from incidents.statutory.telling import rules_told
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import permitted
from riskhub.web.conflicts import conflict_of
from riskhub.web.errors import conflict
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
LIST = "incidents:statutory_list"


@require_safe
@permitted(can_read_severities)
def statutory_list(request: SignedInRequest) -> HttpResponse:
    context = {"rules": rules_told(), "may_edit": can_edit_severities(request.user)}
    return render_page(request, "incidents/statutory_list.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_severities)
def statutory_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Somebody saved in between: 409, both texts, and what was typed stays in the form."""
    rule = get_object_or_404(StatutoryRule, code=code)
    form: Any = RuleForm(request.POST or None, instance=copy(rule))
    context: dict[str, Any] = {"rule": rule, "form": form}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["row_version"]
        try:
            edit_rule(rule, by=request.user, version=version, **form.changes())
        except StaleVersion as stale:
            differing = conflict_of(form, stale.current)
            context |= {"form": differing.form, "conflict": differing}
            return render_page(request, "incidents/statutory_edit.html", context, status=409)
        messages.success(request, _("Saved. It reminds nobody until somebody confirms it."))
        return redirect(LIST)
    return render_page(request, "incidents/statutory_edit.html", context)


@require_POST
@permitted(can_edit_severities)
def statutory_confirm(request: SignedInRequest, code: str) -> HttpResponse:
    """By name: whoever presses it says that the law asks for it here."""
    return _press(request, code, confirm_rule, _("“%(name)s” reminds from now on."))


@require_POST
@permitted(can_edit_severities)
def statutory_stop(request: SignedInRequest, code: str) -> HttpResponse:
    return _press(request, code, stop_rule, _("“%(name)s” is off."))


def _press(
    request: SignedInRequest, code: str, service: Callable[..., StatutoryRule], words: str
) -> HttpResponse:
    rule = get_object_or_404(StatutoryRule, code=code)
    form = PressForm(request.POST)
    form.is_valid()
    try:
        service(rule, by=request.user, version=form.cleaned_data["row_version"])
    except StaleVersion:
        return conflict(request)
    messages.success(request, words % {"name": rule.name})
    return redirect(LIST)
