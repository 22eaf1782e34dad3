"""The steps of an incident: sorted, looked into, its causes, its risks, its losses, its end."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from incidents.forms.investigating import AnalyseForm, LinkForm, LossForm, StepForm, TriageForm
from incidents.incidents.choices import IncidentState
from incidents.incidents.permissions import can_book_loss, can_investigate, may_investigate
from incidents.models import Incident
from incidents.services.incident_steps import (
    act_on_incident,
    close_incident,
    investigate_incident,
    triage_incident,
)
from incidents.services.investigations import (
    IncidentOver,
    analyse_incident,
    link_incident_risk,
)
from incidents.services.losses import book_loss
from riskhub.audit.transitions import WrongState, can_move
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import require, signed_in
from riskhub.web.errors import conflict, turned_away
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
STEPS: Mapping[str, Callable[..., Incident]] = {
    IncidentState.INVESTIGATING: investigate_incident,
    IncidentState.ACTIONS: act_on_incident,
    IncidentState.CLOSED: close_incident,
}
"""Those that take a button and no form."""


@require_http_methods(PAGE_METHODS)
@signed_in
def incident_triage(request: SignedInRequest, code: str) -> HttpResponse:
    """What it is, how grave it could have been, who looks into it."""
    incident = _visible(request, code)
    require(may_investigate(request.user, incident))
    if not can_move(incident, IncidentState.TRIAGED):
        words = str(WrongState(incident, IncidentState.TRIAGED))
        return turned_away(request, words, incident)
    return _page(request, incident, TriageForm, triage_incident, _("Sort %(code)s"))


@require_POST
@signed_in
def incident_advance(request: SignedInRequest, code: str) -> HttpResponse:
    """To the next state; what is missing to close it is said, a sentence each."""
    incident = _visible(request, code)
    require(may_investigate(request.user, incident))
    service = STEPS.get(request.POST.get("to", ""))
    if service is None:
        return conflict(request, _("There is no such step."))
    try:
        service(incident, by=request.user)
    except WrongState as refusal:
        return turned_away(request, str(refusal), incident)
    except ValidationError as refusal:
        return turned_away(request, " ".join(refusal.messages), incident)
    messages.success(request, str(incident.get_state_display()))
    return redirect(incident)


@require_http_methods(PAGE_METHODS)
@signed_in
def incident_analyse(request: SignedInRequest, code: str) -> HttpResponse:
    """Why, and why that, up to seven times; the root cause and the lessons."""
    incident = _open(request, code)
    return _page(request, incident, AnalyseForm, analyse_incident, _("Causes of %(code)s"))


@require_http_methods(PAGE_METHODS)
@signed_in
def incident_link(request: SignedInRequest, code: str) -> HttpResponse:
    """The risk that it made real, and whether it was known before."""
    incident = _open(request, code)
    return _page(request, incident, LinkForm, link_incident_risk, _("Risk behind %(code)s"))


@require_http_methods(PAGE_METHODS)
@signed_in
def loss_create(request: SignedInRequest, code: str) -> HttpResponse:
    """What it cost or what came back; also once it is closed."""
    incident = _visible(request, code)
    require(can_book_loss(request.user, incident))
    return _page(request, incident, LossForm, book_loss, _("Loss of %(code)s"))


def _visible(request: SignedInRequest, code: str) -> Incident:
    rows = Incident.objects.visible_to(request.user).for_page()
    return get_object_or_404(rows, code=code)


def _open(request: SignedInRequest, code: str) -> Incident:
    incident = _visible(request, code)
    require(can_investigate(request.user, incident))
    return incident


def _page(
    request: SignedInRequest,
    incident: Incident,
    make: type[StepForm],
    service: Callable[..., Any],
    title: str,
) -> HttpResponse:
    form = make(request.POST or None, incident=incident, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            service(incident, by=request.user, **form.facts)
        except StaleVersion:
            return conflict(request)
        except (WrongState, IncidentOver) as refusal:
            return conflict(request, str(refusal))
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("%(code)s is saved.") % {"code": incident.code})
            return redirect(incident)
    context = {"incident": incident, "form": form, "title": title % {"code": incident.code}}
    return render_page(request, "incidents/incident_step.html", context)
