"""A complaint ends, or is taken up again."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from incidents.choices import ComplaintState
from incidents.forms.clauses import ClauseForm
from incidents.forms.closing import CloseForm, EndForm, LinkCorrectionForm
from incidents.forms.handling import ReasonForm
from incidents.models import ComplaintRisk
from incidents.permissions import may_handle
from incidents.services.clauses import note_clause
from incidents.services.closing import (
    close_complaint,
    correct_complaint_risk,
    reopen_complaint,
)
from incidents.services.handling import end_complaint
from incidents.views.stepping import PAGE_METHODS, Step, handled_complaint, step_page
from riskhub.web.access import require, signed_in
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@signed_in
def complaint_close(request: SignedInRequest, code: str) -> HttpResponse:
    """With what was behind it, and the risk that it made real."""
    complaint = handled_complaint(request, code)
    form = CloseForm(request.POST or None, complaint=complaint, user=request.user)
    step = Step(
        _("Close the complaint"), _("%(code)s is closed. The customer is asked how satisfied they are."),
        lambda facts: close_complaint(complaint, by=request.user, **facts),
        to=ComplaintState.CLOSED,
    )  # fmt: skip
    return step_page(request, complaint, step, form)


@require_http_methods(PAGE_METHODS)
@signed_in
def complaint_end(request: SignedInRequest, code: str) -> HttpResponse:
    """Withdrawn or not valid: the only ways without an offer."""
    complaint = handled_complaint(request, code)
    step = Step(
        _("End without an offer"), _("%(code)s is over."),
        lambda facts: end_complaint(complaint, by=request.user, **facts),
        hint=_("This cannot be taken back. A new complaint of the same customer counts as a repeat."),
    )  # fmt: skip
    return step_page(request, complaint, step, EndForm(request.POST or None))


@require_http_methods(PAGE_METHODS)
@signed_in
def complaint_reopen(request: SignedInRequest, code: str) -> HttpResponse:
    """Within 30 days after it was closed."""
    complaint = handled_complaint(request, code)
    step = Step(
        _("Take up again"), _("%(code)s is open again."),
        lambda facts: reopen_complaint(complaint, by=request.user, **facts),
        to=ComplaintState.INVESTIGATING,
    )  # fmt: skip
    form = ReasonForm(request.POST or None, label=_("What is still not right?"))
    return step_page(request, complaint, step, form)


@require_http_methods(PAGE_METHODS)
@signed_in
def complaint_clause(request: SignedInRequest, code: str) -> HttpResponse:
    """What is found out about the contract comes late, too."""
    complaint = handled_complaint(request, code)
    step = Step(
        _("Note a contract clause"), _("The clause is noted with %(code)s."),
        lambda facts: note_clause(complaint, by=request.user, **facts),
        hint=_("Clauses that fail often are looked at again."), is_after=True,
    )  # fmt: skip
    return step_page(request, complaint, step, ClauseForm(request.POST or None))


@require_http_methods(PAGE_METHODS)
@signed_in
def complaint_link_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whether the risk was known before was answered wrongly; also once the complaint is over."""
    rows = ComplaintRisk.objects.visible_to(request.user).select_related("complaint", "risk")
    link = get_object_or_404(rows, pk=pk)
    require(may_handle(request.user, link.complaint))
    step = Step(
        _("Correct what was known"), _("%(code)s is saved."),
        lambda facts: correct_complaint_risk(link, by=request.user, **facts),
        hint=str(link.risk), is_after=True,
    )  # fmt: skip
    opened = {"known_before": "yes" if link.known_before else "no"}
    form = LinkCorrectionForm(request.POST or None, initial=opened)
    return step_page(request, link.complaint, step, form)
