"""A filing from the phone to the decision."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registers.choices import ProposalState
from registers.forms.proposals import AcceptForm, DeclineForm, ProposalForm
from registers.forms.risks import take_errors
from registers.models import RiskProposal
from registers.permissions import (
    can_decide_proposal,
    can_file_proposal,
    can_manage_department,
    can_read_proposal,
    can_read_triage,
)
from registers.services import accept_proposal, decline_proposal, file_proposal
from riskhub.audit.transitions import WrongState
from riskhub.entry.repeats import BACK_AND_AGAIN
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.errors import conflict
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest
from riskhub.web.templatetags.riskhub import moment

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


@require_safe
@permitted(can_read_triage)
def proposal_list(request: SignedInRequest) -> HttpResponse:
    """The inbox, oldest first: nobody waits longer than the one before."""
    waiting = RiskProposal.objects.visible_to(request.user).waiting().order_by("pk")
    rows = waiting.select_related("submitter", "department")
    page = paginate(request, rows)
    decidable = {each.pk for each in page if can_decide_proposal(request.user, each)}
    context = {"page": page, "decidable": decidable}
    return render_page(request, "registers/proposal_list.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def proposal_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept makes it a risk with the next number; decline says why. The filer is told.

    An auditor reads the same page without the two forms.
    """
    visible = RiskProposal.objects.visible_to(request.user)
    rows = visible.select_related("submitter", "department", "risk", "decided_by")
    proposal = get_object_or_404(rows, pk=pk)
    if not can_manage_department(request.user, proposal.department_id):
        require(request.method != "POST" and can_read_proposal(request.user, proposal))
        return render_page(request, "registers/proposal_decide.html", {"proposal": proposal})
    decision = request.POST.get("decision", "")
    if request.method == "POST" and decision not in {"accept", "decline"}:
        raise BadRequest
    if request.method == "POST" and proposal.state != ProposalState.SUBMITTED:
        return conflict(request, _decided_already(proposal))
    accepts = AcceptForm(
        request.POST if decision == "accept" else None, user=request.user, proposal=proposal
    )
    declines = DeclineForm(request.POST if decision == "decline" else None)
    form = declines if decision == "decline" else accepts
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, proposal, form)
        except WrongState:
            return conflict(request, _decided_already(rows.get(pk=pk)))
    context = {"proposal": proposal, "accepts": accepts, "declines": declines}
    return render_page(request, "registers/proposal_decide.html", context)


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


def _decided_already(proposal: RiskProposal) -> str:
    facts = {"name": proposal.decided_by, "when": moment(proposal.decided_at)}
    if proposal.risk:
        words = _("%(name)s accepted it already, on %(when)s, as %(code)s.")
        return words % {**facts, "code": proposal.risk.code}
    return _("%(name)s declined it already, on %(when)s.") % facts


def _decide(
    request: SignedInRequest, proposal: RiskProposal, form: AcceptForm | DeclineForm
) -> HttpResponse:
    if isinstance(form, AcceptForm):
        risk = accept_proposal(proposal, form.draft(), by=request.user)
        risk.refresh_from_db()
        said = _("Accepted as %(code)s. Assess it next.") % {"code": risk.code}
    else:
        decline_proposal(proposal, by=request.user, reason=form.cleaned_data["reason"])
        said = _("Declined. %(name)s is told.") % {"name": proposal.filer}
    messages.success(request, said)
    return redirect("registers:proposal_list")
