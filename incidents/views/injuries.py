"""Who was injured by an incident."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from incidents.forms.findings import InjuryEditForm, InjuryForm, ReasonForm
from incidents.incidents.permissions import can_investigate, may_investigate
from incidents.models import InjuredPerson
from incidents.services.injuries import (
    edit_injury,
    record_injury,
    remove_injury,
    reveal_injured_name,
)
from incidents.views.finding import PAGE_METHODS, incident_step, open_incident
from riskhub.web.access import require, signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@signed_in
def injury_create(request: SignedInRequest, code: str) -> HttpResponse:
    """One more person, as far as is known."""
    incident = open_incident(request, code)
    form = InjuryForm(request.POST or None, incident=incident, user=request.user)
    run = partial(record_injury, incident, by=request.user)
    return incident_step(request, form, run, _("Who is hurt by %(code)s"))


@require_http_methods(PAGE_METHODS)
@signed_in
def injury_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """How badly, how many days: known later."""
    person = _person(request, pk)
    require(can_investigate(request.user, person.incident))
    form = InjuryEditForm(
        request.POST or None, incident=person.incident, user=request.user, person=person
    )
    run = partial(edit_injury, person, by=request.user)
    return incident_step(request, form, run, _("Who is hurt by %(code)s"))


@require_http_methods(PAGE_METHODS)
@signed_in
def injury_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Not hurt after all, or counted twice."""
    person = _person(request, pk)
    require(can_investigate(request.user, person.incident))
    form = ReasonForm(request.POST or None, incident=person.incident, user=request.user)
    run = partial(remove_injury, person, by=request.user)
    title = _("Take somebody out of %(code)s")
    return incident_step(request, form, run, title, about=person.get_role_display())


@require_POST
@signed_in
def injury_reveal(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole name, once: that it was read stays in the audit log."""
    person = _person(request, pk)
    require(may_investigate(request.user, person.incident))
    name = reveal_injured_name(person, by=request.user)
    context = {"person": person, "name": name, "incident": person.incident}
    return render_page(request, "incidents/injury_reveal.html", context)


def _person(request: SignedInRequest, pk: int) -> InjuredPerson:
    rows = InjuredPerson.objects.visible_to(request.user).select_related("incident")
    return get_object_or_404(rows, pk=pk)
