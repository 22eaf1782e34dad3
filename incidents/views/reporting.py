"""Report an incident or a near miss on the phone, and the receipt."""

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from incidents.forms.reporting import IncidentForm
from incidents.incidents.choices import Hurt
from incidents.incidents.permissions import can_report_incident, can_respond
from incidents.models import Incident
from incidents.services.incidents import report_incident
from registers.forms.risks import take_errors
from registers.receipts import kept_as, receipt_of
from riskhub.company.preferences import preference
from riskhub.web.access import permitted, signed_in
from riskhub.web.offline import works_offline
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_METHODS)
@works_offline
@permitted(can_report_incident)
def incident_create(request: SignedInRequest) -> HttpResponse:
    """One page, with now as the moment; the same page sent twice leads to the same receipt."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    initial = {
        "client_uuid": uuid4(), "kind": "accident", "place": request.GET.get("place", "")[:200],
        "occurred_at": timezone.localtime(),
    }  # fmt: skip
    form = IncidentForm(*sent, user=request.user, initial=initial)
    if sent and form.is_valid():
        try:
            incident, _is_new = report_incident(form.seen, by=request.user)
            return redirect(_receipt(incident, form.cleaned_data["client_uuid"]))
        except ValidationError as refusal:
            take_errors(form, refusal)
    context = {"form": form, "duty_phone": preference("duty_phone")}
    return render_page(request, "incidents/incident_create.html", context)


@require_safe
@signed_in
def incident_receipt(
    request: SignedInRequest, code: str = "", key: UUID | None = None
) -> HttpResponse:
    """By its number for whoever reported it; without a name by its key, for whoever has that."""
    rows = Incident.objects.select_related("kind", "department")
    if key is not None:
        incident = get_object_or_404(rows, client_uuid=kept_as(key), is_anonymous=True)
    else:
        incident = get_object_or_404(rows, code=code, reporter=request.user)
    roles = incident.injured.order_by("pk").values_list("role", flat=True)
    context = {
        "incident": incident, "key": key, "hurt": [str(Hurt(role).label) for role in roles],
        "duty_phone": preference("duty_phone"), "may_report": can_report_incident(request.user),
        "may_respond": key is None and can_respond(request.user, incident),
    }  # fmt: skip
    return render_page(request, "incidents/incident_receipt.html", context)


def _receipt(incident: Incident, key: UUID) -> str:
    if incident.is_anonymous:
        return reverse("incidents:incident_receipt", kwargs={"key": receipt_of(key)})
    return reverse("incidents:incident_receipt", kwargs={"code": incident.code})
