"""The timeline of an incident, line by line."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from incidents.forms.findings import FactForm, ReasonForm
from incidents.incidents.permissions import can_investigate
from incidents.models import IncidentFact
from incidents.services.facts import add_fact, withdraw_fact
from incidents.views.finding import PAGE_METHODS, incident_step, open_incident
from riskhub.web.access import require, signed_in
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@signed_in
def fact_create(request: SignedInRequest, code: str) -> HttpResponse:
    """What happened when, as somebody found out."""
    incident = open_incident(request, code)
    form = FactForm(request.POST or None, incident=incident, user=request.user)
    run = partial(add_fact, incident, by=request.user)
    return incident_step(request, form, run, _("Timeline of %(code)s"))


@require_http_methods(PAGE_METHODS)
@signed_in
def fact_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """It proved wrong."""
    rows = IncidentFact.objects.visible_to(request.user).select_related("incident")
    fact = get_object_or_404(rows, pk=pk)
    require(can_investigate(request.user, fact.incident))
    form = ReasonForm(request.POST or None, incident=fact.incident, user=request.user)
    run = partial(withdraw_fact, fact, by=request.user)
    return incident_step(request, form, run, _("Take a line of %(code)s back"), about=fact.text)
