"""A complaint that somebody of the company writes down for a customer, and what to tell them."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from incidents.complaints.secrets import secret_of
from incidents.complaints.telling import called_by
from incidents.forms.behalf import BehalfForm
from incidents.models import Complaint
from incidents.permissions import can_file_complaint, has_written_down
from incidents.services import receive_complaint
from incidents.views.stepping import PAGE_METHODS
from riskhub.entry.repeats import KeyReused
from riskhub.web.access import permitted, signed_in
from riskhub.web.forms import take_refusal
from riskhub.web.offline import works_offline
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@works_offline
@permitted(can_file_complaint)
def complaint_create(request: SignedInRequest) -> HttpResponse:
    """One page, with now as the moment; the same page sent twice leads to the same complaint."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BehalfForm(*sent, user=request.user)
    if sent and form.is_valid():
        try:
            complaint, _is_new = receive_complaint(
                form.heard, by=request.user, received_at=form.cleaned_data["received_at"]
            )
            return redirect("incidents:complaint_handover", complaint.client_uuid)
        except KeyReused as refusal:
            form.renew()
            take_refusal(form, refusal)
        except ValidationError as refusal:
            take_refusal(form, refusal)
    return render_page(request, "incidents/complaint_create.html", {"form": form})


@require_safe
@signed_in
def complaint_handover(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Number and secret for the customer: for whoever wrote it down, and nobody else."""
    complaint = get_object_or_404(Complaint, client_uuid=key)
    if not has_written_down(request.user, complaint):
        raise Http404
    context = {
        "complaint": complaint, "secret": secret_of(key), "by_when": called_by(complaint),
        "is_seen": Complaint.objects.visible_to(request.user).filter(pk=complaint.pk).exists(),
    }  # fmt: skip
    return render_page(request, "incidents/complaint_handover.html", context)
