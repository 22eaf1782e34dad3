"""A filing as the person who makes it sees it: on the phone, the receipt, what became of it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registers.filings import ASKED, Told, told, told_all
from registers.forms.filings import AnswerForm, ProposalForm
from registers.forms.risks import take_errors
from registers.models import RiskProposal
from registers.other_forms import offered_forms
from registers.permissions import can_answer_as_filer, can_file_proposal, can_manage_department
from registers.receipts import kept_as, receipt_of
from registers.services import NotTheFiler, answer_proposal, file_proposal
from riskhub.audit.transitions import WrongState
from riskhub.company.preferences import preference
from riskhub.entry.repeats import BACK_AND_AGAIN
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.errors import refused, turned_away
from riskhub.web.offline import works_offline
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_METHODS)
@works_offline
@permitted(can_file_proposal)
def proposal_create(request: SignedInRequest) -> HttpResponse:
    """One box; the same page, or the same words after going back, lead to the same receipt."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    code = request.GET.get("department", "")
    initial = {"client_uuid": uuid4(), "place": request.GET.get("place", "")[:200]}
    form = ProposalForm(*sent, user=request.user, department=code, initial=initial)
    if sent and form.is_valid():
        try:
            return redirect(_file(request, form))
        except ValidationError as refusal:
            take_errors(form, refusal)
    context = {
        "form": form, "duty_phone": preference("duty_phone"), "other_forms": offered_forms(),
    }  # fmt: skip
    return render_page(request, "registers/proposal_create.html", context)


@require_safe
@signed_in
def proposal_receipt(
    request: SignedInRequest, number: int | None = None, key: UUID | None = None
) -> HttpResponse:
    """By its number for the person who filed it; without a name by its key, for whoever has that."""
    proposal = _own(request, number, key)
    again = _key_of(request.GET.get("again", ""))
    context = {
        "told": told(proposal, request.user), "proposal": proposal, "again": again, "key": key,
        "may_file": can_file_proposal(request.user),
        "may_answer": can_answer_as_filer(request.user, proposal),
    }  # fmt: skip
    return render_page(request, "registers/proposal_receipt.html", context)


@require_safe
@signed_in
def proposal_mine(request: SignedInRequest) -> HttpResponse:
    """One's own filings and what became of them; a question can be answered on the spot."""
    own = RiskProposal.objects.filed_by(request.user).for_filer()
    is_asked = request.GET.get("view") == ASKED
    page = paginate(request, own.asked() if is_asked else own, per_page=20)
    context = {
        "page": page,
        "is_asked": is_asked,
        "filings": told_all(list(page), request.user),
        "may_file": can_file_proposal(request.user),
    }
    return render_page(request, "registers/proposal_mine.html", context)


@require_http_methods(PAGE_METHODS)
@works_offline
@signed_in
def proposal_answer(
    request: SignedInRequest, number: int | None = None, key: UUID | None = None
) -> HttpResponse:
    """To the question of the risk manager; the same answer sent twice is one."""
    proposal = _own(request, number, key)
    if proposal.is_anonymous and can_manage_department(request.user, proposal.department_id):
        return refused(request, str(NotTheFiler.words))
    require(can_answer_as_filer(request.user, proposal))
    shown = told(proposal, request.user)
    receipt = ("registers:proposal_receipt", key or number)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AnswerForm(*sent, user=request.user)
    if sent and form.is_valid():
        try:
            answer_proposal(proposal, by=request.user, **form.told)
            messages.success(request, _("Sent. The risk manager reads it and decides."))
            return redirect(*receipt)
        except WrongState:
            return turned_away(request, _too_late(shown), *receipt)
        except ValidationError as refusal:
            take_errors(form, refusal)
    if not shown.is_question:
        return turned_away(request, _too_late(shown), *receipt)
    context = {"told": shown, "proposal": proposal, "form": form, "key": key}
    return render_page(request, "registers/proposal_answer.html", context)


def _own(request: SignedInRequest, number: int | None, key: UUID | None) -> RiskProposal:
    rows = RiskProposal.objects.for_filer()
    if key is not None:
        return get_object_or_404(rows, client_uuid=kept_as(key), is_anonymous=True)
    return get_object_or_404(rows.filed_by(request.user), pk=number)


def _file(request: SignedInRequest, form: ProposalForm) -> str:
    """The receipt; `?again=` holds the key with which the same words can be filed as another."""
    sent = form.told | {"written_at": form.written_at}
    since = None if sent.pop("is_another") else timezone.now() - BACK_AND_AGAIN
    proposal, _is_new = file_proposal(by=request.user, once_since=since, **sent)
    key = sent["client_uuid"]
    if proposal.is_anonymous:
        return reverse("registers:proposal_receipt", args=[receipt_of(key)])
    receipt = reverse("registers:proposal_receipt", args=[proposal.pk])
    return receipt if proposal.client_uuid == key else f"{receipt}?again={key}"


def _key_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _too_late(shown: Told) -> str:
    return _("Nothing is asked any more: %(state)s.") % {"state": shown.words}
