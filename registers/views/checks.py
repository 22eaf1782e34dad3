"""Checks of controls: which are due, and recording what one has found."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registers.check_lists import DUE, checks_in, views_for
from registers.check_preview import preview_of
from registers.check_rule import rule_of_company
from registers.forms.checks import CheckForm
from registers.models import Control
from registers.permissions import can_check_control
from registers.services import CheckedAlready, NotChecked, last_check_of, record_check
from registers.views.controls import PAGE_METHODS, visible_control
from riskhub.entry.day_words import day
from riskhub.web.access import require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def check_list(request: SignedInRequest) -> HttpResponse:
    """Mine that are due, all of mine, or what others are late with."""
    views = views_for(request.user)
    view = request.GET.get("view", DUE)
    if view not in dict(views):
        raise Http404
    rows = checks_in(view, request.user)
    context = {
        "page": paginate(request, rows, load=Control.objects.for_list()),
        "views": views,
        "view": view,
        "today": timezone.localdate(),
    }
    return render_page(request, "registers/check_list.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def check_create(request: SignedInRequest, code: str) -> HttpResponse:
    """What was looked at and found; the company's rule proposes what it means."""
    control = visible_control(request, code)
    require(can_check_control(request.user, control))
    if request.method != "POST" and not control.is_in_use:
        return turned_away(request, str(NotChecked()), control)
    initial = {"due_on": control.next_check_on, "last_check": last_check_of(control)}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CheckForm(*sent, rule=rule_of_company(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            check = record_check(control, form.found(), by=request.user, **form.circumstances())
        except (CheckedAlready, NotChecked) as refusal:
            return turned_away(request, str(refusal), control)
        except ValidationError as refusal:
            form.take(refusal)
        else:
            control.refresh_from_db()
            _tell(request, control, check.get_effectiveness_display())
            return redirect(control)
    today = timezone.localdate()
    earlier = control.checks.filter(done_on=today).order_by("pk").last()
    context = {"control": control, "form": form, "today": today, "earlier": earlier}
    context |= _seen(form.data or form.initial)
    return render_page(request, "registers/check_create.html", context)


@require_safe
@signed_in
def check_preview(request: SignedInRequest, code: str) -> HttpResponse:
    """The share of what is typed so far and what the rule makes of it; nothing is saved."""
    control = visible_control(request, code)
    require(can_check_control(request.user, control))
    context = {"control": control} | _seen(request.GET)
    return render_page(request, "registers/check_preview.html", context)


def _seen(values: Mapping[str, Any]) -> dict[str, Any]:
    return {"preview": preview_of(values, rule_of_company())}


def _tell(request: SignedInRequest, control: Control, result: str) -> None:
    words = _("%(code)s is checked: %(result)s. Next check %(day)s.")
    said = {"code": control.code, "result": result.lower(), "day": day(control.next_check_on)}
    messages.success(request, words % said)
