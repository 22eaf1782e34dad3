"""The risks that an incident made real."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from incidents.forms.findings import LinkEditForm, LinkForm, ReasonForm
from incidents.incidents.permissions import can_investigate
from incidents.models import IncidentRisk
from incidents.services.investigations import (
    correct_incident_risk,
    link_incident_risk,
    unlink_incident_risk,
)
from incidents.views.finding import PAGE_METHODS, incident_step, open_incident
from riskhub.web.access import require, signed_in
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@signed_in
def incident_link(request: SignedInRequest, code: str) -> HttpResponse:
    """The risk that it made real, and whether it was known before."""
    incident = open_incident(request, code)
    form = LinkForm(request.POST or None, incident=incident, user=request.user)
    run = partial(link_incident_risk, incident, by=request.user)
    return incident_step(request, form, run, _("Risk behind %(code)s"))


@require_http_methods(PAGE_METHODS)
@signed_in
def link_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whether it was known before was answered wrongly."""
    link = _link(request, pk)
    form = LinkEditForm(request.POST or None, incident=link.incident, user=request.user, link=link)
    run = partial(correct_incident_risk, link, by=request.user)
    return incident_step(request, form, run, _("Risk behind %(code)s"), about=str(link.risk))


@require_http_methods(PAGE_METHODS)
@signed_in
def link_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """It was another risk."""
    link = _link(request, pk)
    form = ReasonForm(request.POST or None, incident=link.incident, user=request.user)
    run = partial(unlink_incident_risk, link, by=request.user)
    title = _("Take a risk off %(code)s")
    return incident_step(request, form, run, title, about=str(link.risk))


def _link(request: SignedInRequest, pk: int) -> IncidentRisk:
    rows = IncidentRisk.objects.visible_to(request.user).select_related("incident", "risk")
    link = get_object_or_404(rows, pk=pk)
    require(can_investigate(request.user, link.incident))
    return link
