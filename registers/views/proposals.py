"""A filing from the inbox to the decision."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registers.choices import ProposalState
from registers.forms.proposals import AcceptForm, DeclineForm
from registers.models import RiskProposal
from registers.permissions import (
    can_decide_proposal,
    can_manage_department,
    can_read_proposal,
    can_read_triage,
)
from registers.services import accept_proposal, decline_proposal
from riskhub.audit.transitions import WrongState
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.errors import conflict
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest
from riskhub.web.templatetags.riskhub import moment

PAGE_METHODS = ["GET", "HEAD", "POST"]


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
