"""The actions of response plans that answer an incident."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from incidents.forms.findings import MeasureForm, ReasonForm
from incidents.incidents.permissions import can_investigate
from incidents.models import IncidentMeasure
from incidents.services.measures import link_measure, unlink_measure
from incidents.views.finding import PAGE_METHODS, incident_step, open_incident
from riskhub.web.access import require, signed_in
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@signed_in
def measure_link(request: SignedInRequest, code: str) -> HttpResponse:
    """Out of the response plans of the risks that became real."""
    incident = open_incident(request, code)
    form = MeasureForm(request.POST or None, incident=incident, user=request.user)
    run = partial(link_measure, incident, by=request.user)
    return incident_step(request, form, run, _("Measure after %(code)s"))


@require_http_methods(PAGE_METHODS)
@signed_in
def measure_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """It has nothing to do with this incident."""
    rows = IncidentMeasure.objects.visible_to(request.user).select_related("incident", "action")
    measure = get_object_or_404(rows, pk=pk)
    require(can_investigate(request.user, measure.incident))
    form = ReasonForm(request.POST or None, incident=measure.incident, user=request.user)
    run = partial(unlink_measure, measure, by=request.user)
    title = _("Take a measure off %(code)s")
    return incident_step(request, form, run, title, about=str(measure.action))
