"""Incidents: the list, and the page of one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from incidents.incidents.filters import IncidentFilter
from incidents.incidents.page import page_of
from incidents.incidents.permissions import can_read_incidents, can_report_incident
from incidents.models import Incident
from riskhub.web.access import permitted, signed_in
from riskhub.web.filters import filter_chips
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@permitted(can_read_incidents)
def incident_list(request: SignedInRequest) -> HttpResponse:
    """What is not yet over, the newest at the top."""
    filtered = IncidentFilter(request.GET, request.user)
    context = {
        "page": paginate(request, filtered.qs, load=Incident.objects.for_list()),
        "filtered": filtered,
        "chips": filter_chips(filtered.form, request),
        "may_report": can_report_incident(request.user),
    }
    return render_page(request, "incidents/incident_list.html", context)


@require_safe
@signed_in
def incident_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """What was reported, who is hurt, what it cost, and how it came to where it stands."""
    rows = Incident.objects.visible_to(request.user).for_page()
    incident = get_object_or_404(rows, code=code)
    return render_page(request, "incidents/incident_detail.html", page_of(incident, request.user))
