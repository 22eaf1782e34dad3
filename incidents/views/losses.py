"""What an incident cost, and what came back of it."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from incidents.forms.findings import LossEditForm, LossForm, ReasonForm
from incidents.incidents.permissions import can_book_loss
from incidents.models import Incident, LossEntry
from incidents.services.losses import book_loss, edit_loss, withdraw_loss
from incidents.views.finding import PAGE_METHODS, incident_step, visible_incident
from riskhub.web.access import require, signed_in
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@signed_in
def loss_create(request: SignedInRequest, code: str) -> HttpResponse:
    """What it cost or what came back; also once it is closed."""
    incident = visible_incident(request, code)
    require(can_book_loss(request.user, incident))
    form = LossForm(request.POST or None, incident=incident, user=request.user)
    run = partial(book_loss, incident, by=request.user)
    return incident_step(request, form, run, _("Loss of %(code)s"))


@require_http_methods(PAGE_METHODS)
@signed_in
def loss_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The estimate becomes the final amount, or another estimate."""
    loss, incident = _loss(request, pk)
    form = LossEditForm(request.POST or None, incident=incident, user=request.user, loss=loss)
    run = partial(edit_loss, loss, by=request.user)
    return incident_step(request, form, run, _("Loss of %(code)s"), about=loss.get_kind_display())


@require_http_methods(PAGE_METHODS)
@signed_in
def loss_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """It was booked by mistake."""
    loss, incident = _loss(request, pk)
    form = ReasonForm(request.POST or None, incident=incident, user=request.user)
    run = partial(withdraw_loss, loss, by=request.user)
    return incident_step(request, form, run, _("Take a loss of %(code)s back"), about=str(loss))


def _loss(request: SignedInRequest, pk: int) -> tuple[LossEntry, Incident]:
    """Of an incident: a complaint's stand with it."""
    rows = LossEntry.objects.of_incidents_visible_to(request.user).select_related("incident")
    loss = get_object_or_404(rows, pk=pk)
    incident: Any = loss.incident
    require(can_book_loss(request.user, incident))
    return loss, incident
