"""The steps of an incident: sorted, its facts, its causes, its end."""

from collections.abc import Callable, Mapping
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from incidents.forms.investigating import AnalyseForm, EditForm, MergeForm, TriageForm
from incidents.incidents.choices import IncidentState
from incidents.incidents.permissions import may_investigate
from incidents.models import Incident
from incidents.services.incident_steps import (
    act_on_incident,
    close_incident,
    investigate_incident,
    merge_incident,
    triage_incident,
)
from incidents.services.investigations import analyse_incident, edit_incident
from incidents.views.finding import PAGE_METHODS, incident_step, open_incident, visible_incident
from riskhub.audit.transitions import WrongState, can_move
from riskhub.web.access import require, signed_in
from riskhub.web.errors import conflict, turned_away
from riskhub.web.requests import SignedInRequest

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
    incident = visible_incident(request, code)
    require(may_investigate(request.user, incident))
    if not can_move(incident, IncidentState.TRIAGED):
        words = str(WrongState(incident, IncidentState.TRIAGED))
        return turned_away(request, words, incident)
    form = TriageForm(request.POST or None, incident=incident, user=request.user)
    run = partial(triage_incident, incident, by=request.user)
    return incident_step(request, form, run, _("Sort %(code)s"))


@require_POST
@signed_in
def incident_advance(request: SignedInRequest, code: str) -> HttpResponse:
    """To the next state; what is missing to close it is said, a sentence each."""
    incident = visible_incident(request, code)
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
    incident = open_incident(request, code)
    form = AnalyseForm(request.POST or None, incident=incident, user=request.user)
    run = partial(analyse_incident, incident, by=request.user)
    return incident_step(request, form, run, _("Causes of %(code)s"))


@require_http_methods(PAGE_METHODS)
@signed_in
def incident_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """What is known besides the words of whoever reported it."""
    incident = open_incident(request, code)
    form = EditForm(request.POST or None, incident=incident, user=request.user)
    run = partial(edit_incident, incident, by=request.user)
    return incident_step(request, form, run, _("Facts of %(code)s"))


@require_http_methods(PAGE_METHODS)
@signed_in
def incident_merge(request: SignedInRequest, code: str) -> HttpResponse:
    """It was reported before: the other one goes on."""
    incident = open_incident(request, code)
    if not can_move(incident, IncidentState.DUPLICATE):
        words = str(WrongState(incident, IncidentState.DUPLICATE))
        return turned_away(request, words, incident)
    form = MergeForm(request.POST or None, incident=incident, user=request.user)
    run = partial(merge_incident, incident, by=request.user)
    return incident_step(request, form, run, _("%(code)s was reported before"))
