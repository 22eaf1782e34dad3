"""Handling a complaint: taken, called about, looked into, waiting, passed on."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from incidents.choices import ComplaintState
from incidents.forms.handling import ContactLogForm, NoteForm, PressForm, ReasonForm
from incidents.replies.filling import begun_with, replies_for
from incidents.services.handling import (
    escalate_complaint,
    investigate_complaint,
    log_contact,
    note_internally,
    pause_complaint,
    resume_complaint,
    take_complaint,
)
from incidents.views.stepping import PAGE_METHODS, Step, handled_complaint, press, step_page
from riskhub.web.access import signed_in
from riskhub.web.requests import SignedInRequest


@require_POST
@signed_in
def complaint_take(request: SignedInRequest, code: str) -> HttpResponse:
    """Refused where somebody was faster: the page then shows who has it."""
    complaint = handled_complaint(request, code)
    form = PressForm(request.POST)
    version = form.cleaned_data["row_version"] if form.is_valid() else 0
    return press(
        request, complaint, _("%(code)s is yours."),
        lambda: take_complaint(complaint, by=request.user, version=version),
    )  # fmt: skip


@require_http_methods(PAGE_METHODS)
@signed_in
def complaint_contact(request: SignedInRequest, code: str) -> HttpResponse:
    """A call or another word to the customer, with its moment."""
    complaint = handled_complaint(request, code)
    step = Step(
        _("Log a call or a message"), _("What was said about %(code)s is kept."),
        lambda facts: log_contact(complaint, by=request.user, **facts),
        hint=_("The first one stops the first clock. The customer reads it on the tracking page."),
    )  # fmt: skip
    replies = replies_for(complaint)
    form = ContactLogForm(
        request.POST or None, initial=begun_with(request.GET.get("reply"), replies)
    )
    return step_page(request, complaint, step, form, replies=replies)


@require_http_methods(PAGE_METHODS)
@signed_in
def complaint_note(request: SignedInRequest, code: str) -> HttpResponse:
    complaint = handled_complaint(request, code)
    step = Step(
        _("Note for colleagues"), _("The note on %(code)s is kept."),
        lambda facts: note_internally(complaint, by=request.user, **facts),
        hint=_("No customer reads it."), is_after=True,
    )  # fmt: skip
    return step_page(request, complaint, step, NoteForm(request.POST or None))


@require_POST
@signed_in
def complaint_investigate(request: SignedInRequest, code: str) -> HttpResponse:
    complaint = handled_complaint(request, code)
    return press(
        request, complaint, _("%(code)s is being looked into."),
        lambda: investigate_complaint(complaint, by=request.user),
    )  # fmt: skip


@require_http_methods(PAGE_METHODS)
@signed_in
def complaint_pause(request: SignedInRequest, code: str) -> HttpResponse:
    complaint = handled_complaint(request, code)
    step = Step(
        _("Wait for the customer"), _("%(code)s waits for the customer. Its clocks stand still."),
        lambda facts: pause_complaint(complaint, by=request.user, **facts),
        hint=_("Until somebody says that they go on."),
    )  # fmt: skip
    form = ReasonForm(request.POST or None, label=_("What is the customer asked for?"))
    return step_page(request, complaint, step, form)


@require_POST
@signed_in
def complaint_resume(request: SignedInRequest, code: str) -> HttpResponse:
    complaint = handled_complaint(request, code)
    return press(
        request, complaint, _("The clocks of %(code)s go on."),
        lambda: resume_complaint(complaint, by=request.user),
    )  # fmt: skip


@require_http_methods(PAGE_METHODS)
@signed_in
def complaint_escalate(request: SignedInRequest, code: str) -> HttpResponse:
    complaint = handled_complaint(request, code)
    step = Step(
        _("Escalate"), _("%(code)s is escalated."),
        lambda facts: escalate_complaint(complaint, by=request.user, **facts),
        to=ComplaintState.ESCALATED, hint=_("Whoever decides above makes the next offer."),
    )  # fmt: skip
    form = ReasonForm(request.POST or None, label=_("Why does it have to go higher?"))
    return step_page(request, complaint, step, form)
