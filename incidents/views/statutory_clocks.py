"""Reminders by law of one incident: started by hand, answered."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from incidents.forms.statutory import AnswerClockForm, StartClockForm
from incidents.incidents.permissions import can_investigate
from incidents.models import StatutoryClock
from incidents.services.statutory import answer_clock, start_clock
from incidents.views.finding import PAGE_METHODS, incident_step, open_incident
from riskhub.web.access import require, signed_in
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@signed_in
def clock_create(request: SignedInRequest, code: str) -> HttpResponse:
    """One that nothing about the incident would have started."""
    incident = open_incident(request, code)
    form = StartClockForm(request.POST or None, incident=incident, user=request.user)
    run = partial(start_clock, incident, by=request.user)
    return incident_step(request, form, run, _("Reminder for %(code)s"))


@require_http_methods(PAGE_METHODS)
@signed_in
def clock_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Reported, when and to whom; or why it does not apply."""
    rows = StatutoryClock.objects.visible_to(request.user).select_related("incident", "rule")
    clock = get_object_or_404(rows, pk=pk)
    require(can_investigate(request.user, clock.incident))
    form = AnswerClockForm(
        request.POST or None, incident=clock.incident, user=request.user, clock=clock
    )
    run = partial(answer_clock, clock, by=request.user)
    return incident_step(request, form, run, _("Reminder for %(code)s"), about=clock.rule.name)
