"""A filing as the person who makes it sees it: on the phone, the receipt, what became of it."""

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from registers.forms.filings import ProposalForm
from registers.forms.risks import take_errors
from registers.models import RiskProposal
from registers.permissions import can_file_proposal
from registers.services import file_proposal
from riskhub.entry.repeats import BACK_AND_AGAIN
from riskhub.web.access import permitted, signed_in
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_METHODS)
@permitted(can_file_proposal)
def proposal_create(request: SignedInRequest) -> HttpResponse:
    """One box; the same page, or the same words after going back, lead to the same receipt."""
    form = ProposalForm(request.POST or None, user=request.user, initial={"client_uuid": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_file(request, form))
        except ValidationError as refusal:
            take_errors(form, refusal)
    return render_page(request, "registers/proposal_create.html", {"form": form})


@require_safe
@signed_in
def proposal_receipt(request: SignedInRequest, number: int) -> HttpResponse:
    proposal = get_object_or_404(RiskProposal, pk=number, submitter=request.user)
    again = _key_of(request.GET.get("again", ""))
    context = {"proposal": proposal, "again": again}
    return render_page(request, "registers/proposal_receipt.html", context)


@require_safe
@signed_in
def proposal_mine(request: SignedInRequest) -> HttpResponse:
    """One's own filings and what became of them."""
    own = RiskProposal.objects.filter(submitter=request.user).order_by("-pk")
    context = {
        "page": paginate(request, own.select_related("risk", "decided_by"), per_page=20),
        "may_file": can_file_proposal(request.user),
    }
    return render_page(request, "registers/proposal_mine.html", context)


def _file(request: SignedInRequest, form: ProposalForm) -> str:
    """The receipt; `?again=` holds the key with which the same words can be filed as another."""
    sent = {**form.cleaned_data}
    since = None if sent.pop("is_another") else timezone.now() - BACK_AND_AGAIN
    proposal, _is_new = file_proposal(by=request.user, once_since=since, **sent)
    receipt = reverse("registers:proposal_receipt", args=[proposal.pk])
    key = sent["client_uuid"]
    return receipt if proposal.client_uuid == key else f"{receipt}?again={key}"


def _key_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
