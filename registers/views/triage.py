"""The triage inbox: what was filed waits here for one of four decisions, each undone at a press."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registers.alike import source_of
from registers.choices import ProposalState
from registers.closing import NotOpen
from registers.forms.risks import take_errors
from registers.models import RiskProposal
from registers.permissions import (
    can_manage_department,
    can_read_proposal,
    can_read_triage,
)
from registers.proposal_querysets import ProposalQuerySet
from registers.services import (
    accept_proposal,
    ask_filer,
    decline_proposal,
    merge_proposal,
    undo_decision,
)
from registers.touches import Touched
from registers.triage import (
    STATES,
    Filing,
    filing_of,
    next_url,
    rows_of,
    shortcuts,
    shown_in,
)
from riskhub.audit.transitions import WrongState
from riskhub.entry.day_words import moment
from riskhub.entry.undo import TooLate
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.errors import conflict
from riskhub.web.pagination import paginate
from riskhub.web.rendering import part_wanted, render_page
from riskhub.web.requests import SignedInRequest
from riskhub.web.toasts import offer_undo

PAGE_METHODS = ["GET", "HEAD", "POST"]
MOST_ASKED = 50


@require_safe
@permitted(can_read_triage)
def proposal_list(request: SignedInRequest) -> HttpResponse:
    """The inbox, oldest first: nobody waits longer than the one before. The first stands open beside it."""
    context = _inbox(request)
    return render_page(request, "registers/proposal_list.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def proposal_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """One filing beside the list, on a phone alone. Accept, merge, ask back or decline, and say why.

    An auditor reads the same page without the forms.
    """
    proposal = get_object_or_404(_visible(request), pk=pk)
    may_decide = can_manage_department(request.user, proposal.department_id)
    if not may_decide:
        require(request.method != "POST" and can_read_proposal(request.user, proposal))
    decision = request.POST.get("decision", "")
    if request.method == "POST" and decision not in STATES:
        raise BadRequest
    sent = request.POST if request.method == "POST" else None
    filing = filing_of(request.user, proposal, decision, sent)
    if sent is not None:
        if decision not in filing.forms:
            return conflict(request, _decided_already(proposal))
        if answer := _decide(request, filing, decision):
            return answer
    template = "registers/proposal_decide.html"
    is_part = part_wanted(request, template) == "filing"
    context = {"filing": filing} if is_part else _inbox(request, filing)
    return render_page(request, "registers/proposal_decide.html", context | _forms_in(filing))


@require_POST
@signed_in
def proposal_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """By whoever decided, while the seconds count; the filing waits again as before."""
    proposal = get_object_or_404(_visible(request), pk=pk)
    require(can_manage_department(request.user, proposal.department_id))
    try:
        undo_decision(proposal, by=request.user)
    except (TooLate, Touched) as refusal:
        return conflict(request, _not_undone(refusal))
    except WrongState:
        return conflict(request, _decided_already(_visible(request).get(pk=pk)))
    messages.success(request, _("Undone. The filing waits as before."))
    return redirect("registers:proposal_decide", pk)


def _visible(request: SignedInRequest) -> ProposalQuerySet:
    visible = RiskProposal.objects.visible_to(request.user).since()
    return visible.select_related("submitter", "department", "risk", "decided_by")


def _inbox(request: SignedInRequest, filing: Filing | None = None) -> dict[str, Any]:
    """The list, what waits for an answer apart from it, and the given filing or the first one."""
    visible = _visible(request)
    page = paginate(request, visible.waiting().order_by("pk"))
    asked = list(visible.asked().order_by("pk")[:MOST_ASKED])
    if filing is None and (page.rows or asked):
        filing = filing_of(request.user, [*page.rows, *asked][0])
    chosen = filing.proposal if filing else None
    query = f"?page={page.number}" if page.number > 1 else ""
    return {
        "page": page,
        "rows": rows_of(page.rows, chosen, query),
        "asked": rows_of(asked, chosen, query),
        "filing": filing,
        "shortcuts": shortcuts(),
    } | _forms_in(filing)


def _forms_in(filing: Filing | None) -> dict[str, Any]:
    """By their names, so that the answer knows when one of them is refused."""
    return dict(filing.forms) if filing else {}


def _decide(request: SignedInRequest, filing: Filing, decision: str) -> HttpResponse | None:
    """On to the next filing; None where the form has to be shown again."""
    form = filing.forms[decision]
    if not form.is_valid():
        return None
    try:
        words = _DECISIONS[decision](request, filing.proposal, form)
    except ValidationError as refusal:
        take_errors(form, refusal)
        return None
    except NotOpen as refusal:
        form.add_error(None, str(refusal))
        return None
    except WrongState:
        return conflict(request, _decided_already(_visible(request).get(pk=filing.proposal.pk)))
    offer_undo(request, words, reverse("registers:proposal_undo", args=[filing.proposal.pk]))
    return redirect(next_url(request.user, filing.proposal))


def _accept(request: SignedInRequest, proposal: RiskProposal, form: Any) -> str:  # noqa: ANN401 - its form
    risk = accept_proposal(proposal, form.draft(), by=request.user, shown=_shown(request))
    risk.refresh_from_db()
    return _("Accepted as %(code)s. Assess it next.") % {"code": risk.code}


def _merge(request: SignedInRequest, proposal: RiskProposal, form: Any) -> str:  # noqa: ANN401 - its form
    risk = merge_proposal(
        proposal, into=form.cleaned_data["risk"], by=request.user, source=source_of(proposal),
        shown=_shown(request),
    )  # fmt: skip
    return _("Merged into %(code)s.") % {"code": risk.code}


def _ask(request: SignedInRequest, proposal: RiskProposal, form: Any) -> str:  # noqa: ANN401 - its form
    question = form.cleaned_data["question"]
    ask_filer(proposal, by=request.user, question=question, shown=_shown(request))
    return _("Asked back. It waits for the answer.")


def _decline(request: SignedInRequest, proposal: RiskProposal, form: Any) -> str:  # noqa: ANN401 - its form
    reason = form.cleaned_data["reason"]
    decline_proposal(proposal, by=request.user, reason=reason, shown=_shown(request))
    return _("Declined.")


_DECISIONS: dict[str, Callable[[SignedInRequest, RiskProposal, Any], str]] = {
    "accept": _accept,
    "merge": _merge,
    "ask": _ask,
    "decline": _decline,
}


def _shown(request: SignedInRequest) -> list[dict[str, Any]]:
    return shown_in(request.POST.get("shown", ""))


def _decided_already(proposal: RiskProposal) -> str:
    """Who was faster, when, and what they decided."""
    if proposal.state == ProposalState.SUBMITTED:
        return _("Nothing is decided on it: it waits.")
    code = proposal.risk.code if proposal.risk else ""
    facts = {"name": proposal.answered_by, "when": moment(proposal.answered_at), "code": code}
    words = {
        ProposalState.ACCEPTED: _("%(name)s accepted it already, on %(when)s, as %(code)s."),
        ProposalState.MERGED: _("%(name)s merged it already, on %(when)s, into %(code)s."),
        ProposalState.NEED_INFO: _("%(name)s asked the person who filed it on %(when)s."),
        ProposalState.DECLINED: _("%(name)s declined it already, on %(when)s."),
    }
    return words[ProposalState(proposal.state)] % facts


def _not_undone(refusal: TooLate | Touched) -> str:
    if isinstance(refusal, TooLate):
        return str(refusal)
    words = _("It was worked on since: %(what)s. Close the risk with a reason instead.")
    return words % {"what": _("; ").join(refusal.reasons)}
