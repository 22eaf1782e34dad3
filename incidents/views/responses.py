"""On the phone: acting by contingency plans while it happens."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.models import ContingencyPlan
from incidents.activations.choosing import open_incidents
from incidents.activations.page import fingerprint_of, plans_to_start, runs_of
from incidents.forms.responses import EndForm, TickForm
from incidents.incidents.permissions import can_report_incident, can_respond
from incidents.models import ActivationStep, ContingencyActivation, Incident
from incidents.services.activations import (
    ActivationOver,
    end_activation,
    start_activation,
    tick_step,
    untick_step,
)
from incidents.services.lasting import IncidentOver
from incidents.views.finding import PAGE_METHODS, visible_incident
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.errors import conflict
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def response_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """What runs, with its steps to tick, and what could be begun.

    It asks for itself again while something runs; nothing comes back where it stands as it was `shown`.
    """
    incident = visible_incident(request, code)
    may = can_respond(request.user, incident)
    runs = runs_of(incident, timezone.now())
    fingerprint = fingerprint_of(runs)
    if request.htmx and request.GET.get("shown") == fingerprint:
        return HttpResponse(status=204)
    context = {
        "incident": incident,
        "runs": runs,
        "fingerprint": fingerprint,
        "is_running": any(one.run.is_running for one in runs),
        "plans": plans_to_start(incident, request.user) if may else [],
        "may": may,
    }
    return render_page(request, "incidents/response_detail.html", context)


@require_safe
@permitted(can_report_incident)
def response_choose(request: SignedInRequest, code: str) -> HttpResponse:
    """From the card of a plan: the incident for which it is begun, or one that is reported now."""
    plans = ContingencyPlan.objects.cards_visible_to(request.user)
    plan = get_object_or_404(plans, code=code)
    context = {"plan": plan, "incidents": open_incidents(plan, request.user)}
    return render_page(request, "incidents/response_choose.html", context)


@require_POST
@signed_in
def response_start(request: SignedInRequest, code: str) -> HttpResponse:
    """Pressed twice, or by two at once, it is one."""
    incident = visible_incident(request, code)
    require(can_respond(request.user, incident))
    plans = ContingencyPlan.objects.cards_visible_to(request.user)
    plan = get_object_or_404(plans, code=request.POST.get("plan", ""))
    try:
        start_activation(incident, by=request.user, plan=plan)
    except IncidentOver as refusal:
        return conflict(request, " ".join(refusal.messages))
    messages.success(request, _("%(plan)s is activated.") % {"plan": plan})
    return _back(incident)


@require_POST
@signed_in
def response_tick(request: SignedInRequest, pk: int) -> HttpResponse:
    """Done, or with `undone` tapped by mistake; a second tap changes nothing."""
    rows = ActivationStep.objects.visible_to(request.user)
    step = get_object_or_404(rows.select_related("activation__incident"), pk=pk)
    incident = step.activation.incident
    require(can_respond(request.user, incident))
    form = TickForm(request.POST, user=request.user)
    if not form.is_valid():
        return conflict(request, form.fault)
    try:
        if form.cleaned_data["undone"]:
            untick_step(step, by=request.user)
        else:
            tick_step(step, by=request.user, at=form.tapped_at)
    except ValidationError as refusal:
        return conflict(request, " ".join(refusal.messages))
    return _back(incident)


@require_http_methods(PAGE_METHODS)
@signed_in
def response_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """With a sentence on how it went."""
    rows = ContingencyActivation.objects.visible_to(request.user)
    run = get_object_or_404(rows.select_related("incident", "plan"), pk=pk)
    require(can_respond(request.user, run.incident))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_activation(run, by=request.user, **form.cleaned_data)
        except ActivationOver as refusal:
            return conflict(request, " ".join(refusal.messages))
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("%(plan)s is ended.") % {"plan": run.plan})
            return _back(run.incident)
    context = {"form": form, "run": run, "incident": run.incident}
    return render_page(request, "incidents/response_end.html", context)


def _back(incident: Incident) -> HttpResponse:
    return redirect("incidents:response_detail", incident.code)
