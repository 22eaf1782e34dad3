"""One step of an incident: its page with a form, and what is said when it is refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from incidents.forms.handling import Keyed
from incidents.forms.investigating import StepForm
from incidents.incidents.permissions import can_investigate
from incidents.models import Incident
from incidents.services.lasting import IncidentOver
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.entry.repeats import KeyReused
from riskhub.web.access import require
from riskhub.web.errors import conflict
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]


def visible_incident(request: SignedInRequest, code: str) -> Incident:
    rows = Incident.objects.visible_to(request.user).for_page()
    return get_object_or_404(rows, code=code)


def open_incident(request: SignedInRequest, code: str) -> Incident:
    """One that this user looks into and that is not over."""
    incident = visible_incident(request, code)
    require(can_investigate(request.user, incident))
    return incident


def incident_step(
    request: SignedInRequest,
    form: StepForm,
    run: Callable[..., Any],
    title: str,
    **more: Any,  # noqa: ANN401 - context
) -> HttpResponse:
    """`run` takes the facts of a valid form; then back to the page of the incident."""
    incident = form.incident
    if request.method == "POST" and form.is_valid():
        try:
            run(**form.facts)
        except StaleVersion:
            return conflict(request)
        except (WrongState, IncidentOver) as refusal:
            return conflict(request, str(refusal))
        except ValidationError as refusal:
            _take(form, refusal)
        else:
            messages.success(request, _("%(code)s is saved.") % {"code": incident.code})
            return redirect(incident)
    context = {"incident": incident, "form": form, "title": title % {"code": incident.code}, **more}
    return render_page(request, "incidents/incident_step.html", context)


def _take(form: StepForm, refusal: ValidationError) -> None:
    if isinstance(refusal, KeyReused) and isinstance(form, Keyed):
        form.renew()
    take_refusal(form, refusal)
