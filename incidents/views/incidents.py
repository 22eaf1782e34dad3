"""Incidents: the page of one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from incidents.incidents.page import page_of
from incidents.models import Incident
from riskhub.web.access import signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def incident_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """What was reported, who is hurt, what it cost, and how it came to where it stands."""
    rows = Incident.objects.visible_to(request.user).for_page()
    incident = get_object_or_404(rows, code=code)
    return render_page(request, "incidents/incident_detail.html", page_of(incident))
