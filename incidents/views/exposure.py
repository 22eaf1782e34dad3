"""Orders per month and service line: what rates per 1,000 orders are counted from."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from incidents.forms.exposure import ExposureCorrectionForm, ExposureForm
from incidents.models import ExposureMonth
from incidents.permissions import can_edit_exposure, can_read_exposure
from incidents.records.months import FIGURES
from incidents.services.exposure import correct_exposure, enter_exposure
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import permitted
from riskhub.web.conflicts import conflict_of
from riskhub.web.forms import take_refusal
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
LIST = "incidents:exposure_list"


@require_safe
@permitted(can_read_exposure)
def exposure_list(request: SignedInRequest) -> HttpResponse:
    """The newest month first."""
    page = paginate(request, ExposureMonth.objects.select_related("service_line"))
    context = {"page": page, "may_edit": can_edit_exposure(request.user)}
    return render_page(request, "incidents/exposure_list.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_exposure)
def exposure_create(request: SignedInRequest) -> HttpResponse:
    form = ExposureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entered = enter_exposure(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": entered})
            return redirect(LIST)
    return render_page(request, "incidents/exposure_create.html", {"form": form})


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_exposure)
def exposure_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody saved in between: 409, both figures, and what was typed stays in the form."""
    exposure = get_object_or_404(ExposureMonth.objects.select_related("service_line"), pk=pk)
    form: Any = ExposureCorrectionForm(request.POST or None, instance=copy(exposure))
    context: dict[str, Any] = {"exposure": exposure, "form": form}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["row_version"]
        figures = {name: form.cleaned_data[name] for name in FIGURES}
        try:
            correct_exposure(exposure, by=request.user, version=version, **figures)
        except StaleVersion as stale:
            conflict = conflict_of(form, stale.current)
            context |= {"form": conflict.form, "conflict": conflict}
            return render_page(request, "incidents/exposure_edit.html", context, status=409)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": exposure})
            return redirect(LIST)
    return render_page(request, "incidents/exposure_edit.html", context)
