"""How fast complaints and incidents are answered, and when the company works."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from incidents.complaints.on_duty import duty_told
from incidents.complaints.promises import promises_of
from incidents.complaints.retention import retention_told
from incidents.forms.severities import SeverityForm, WorkingTimeForm
from incidents.models import Severity
from incidents.permissions import can_edit_severities, can_read_severities
from incidents.services.severities import edit_severity
from riskhub.audit.versions import StaleVersion
from riskhub.company.business_calendar import HOURS, working_time, working_time_words
from riskhub.company.preferences import preferences
from riskhub.company.services import set_working_time
from riskhub.web.access import permitted
from riskhub.web.conflicts import conflict_of
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
LIST = "incidents:severity_list"


@require_safe
@permitted(can_read_severities)
def severity_list(request: SignedInRequest) -> HttpResponse:
    context = {
        "rows": promises_of(Severity.objects.all(), working_time()),
        "hours": working_time_words(),
        "duty": duty_told(),
        "kept": retention_told(),
        "may_edit": can_edit_severities(request.user),
    }
    return render_page(request, "incidents/severity_list.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_severities)
def severity_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Somebody saved in between: 409, both texts, and what was typed stays in the form."""
    severity = get_object_or_404(Severity, code=code)
    form: Any = SeverityForm(request.POST or None, instance=copy(severity))
    context: dict[str, Any] = {"severity": severity, "form": form}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["row_version"]
        try:
            edit_severity(severity, by=request.user, version=version, **form.changes())
        except StaleVersion as stale:
            conflict = conflict_of(form, stale.current)
            context |= {"form": conflict.form, "conflict": conflict}
            return render_page(request, "incidents/severity_edit.html", context, status=409)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.instance})
            return redirect(LIST)
    return render_page(request, "incidents/severity_edit.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_severities)
def working_time_edit(request: SignedInRequest) -> HttpResponse:
    """For what comes in from now on; the clocks that run keep what was promised."""
    kept = preferences("worked_days", "worked_weekdays", *HOURS)
    form = WorkingTimeForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            set_working_time(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("The working hours are saved."))
            return redirect(LIST)
    return render_page(request, "incidents/working_time_edit.html", {"form": form})
