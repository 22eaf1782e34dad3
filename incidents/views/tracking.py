"""A customer follows their complaint: number and secret open its page for two hours."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_stubs_ext import StrPromise

from incidents.choices import ComplaintState, OfferAnswer
from incidents.complaints.opened import close_in, open_in, opened_in
from incidents.complaints.tracking import may_reopen, offers_shown, story_of
from incidents.forms.tracking import (
    AnswerForm,
    MessageForm,
    RatingForm,
    ReopenForm,
    TrackingForm,
    number_of,
)
from incidents.models import Complaint
from incidents.services import CUSTOMER
from incidents.services.closing import TooLate, rate_complaint, reopen_complaint
from incidents.services.messages import write_message
from incidents.services.offers import answer_offer
from incidents.views import limited
from incidents.views.public import customer_page, in_language, language_chosen
from riskhub.audit.transitions import WrongState
from riskhub.entry.repeats import KeyReused
from riskhub.web.forms import take_refusal
from riskhub.web.limits import Limit

PAGE_METHODS = ["GET", "HEAD", "POST"]
LONGEST_NUMBER, LONGEST_TYPED = 20, 40
SWITCHES = {"answering": "answer", "reopening": "reopen", "writing": "write"}
"""By form of the page: the one that the switch of the language sends along, the first that is there."""
GONE = gettext_lazy("This offer does not stand any more. What holds now stands below.")
ANSWERED: Mapping[str, StrPromise] = {
    OfferAnswer.ACCEPTED: gettext_lazy(
        "You accepted this offer before. Write to us if that was wrong."
    ),
    OfferAnswer.DECLINED: gettext_lazy(
        "You declined this offer before. Write to us if that was wrong."
    ),
    OfferAnswer.NONE: GONE,
    OfferAnswer.REVOKED: GONE,
}


@require_http_methods(PAGE_METHODS)
def tracking_open(request: HttpRequest) -> HttpResponse:
    """Number and secret, by a form alone; a link may bring the number, never the secret."""
    number = request.GET.get("number", "")[:LONGEST_NUMBER]
    if language := language_chosen(request):
        return _open_in(request, language)
    if request.method != "POST":
        form = TrackingForm(initial={"number": number})
        return customer_page(request, "incidents/tracking_open.html", {"form": form})
    typed = number_of(request.POST.get("number", ""))
    if wait := limited.trying(request, typed):
        context = {"form": TrackingForm(initial={"number": typed}), "after": limited.after(wait)}
        page = customer_page(
            request, "incidents/tracking_open.html", context, status=limited.TOO_MANY
        )
        return limited.told_to_wait(page, wait)
    form = TrackingForm(request.POST)
    if form.is_valid() and form.complaint:
        request.session.cycle_key()
        open_in(request.session, form.complaint.code, timezone.now())
        return redirect("incidents:tracking_detail")
    if form.non_field_errors():  # what was left out is no try
        limited.tried_wrong(request, typed)
    return customer_page(request, "incidents/tracking_open.html", {"form": form})


def _open_in(request: HttpRequest, language: str) -> HttpResponse:
    """The same page in the other language, with what was typed; nothing is tried."""
    typed = {name: request.POST.get(name, "")[:LONGEST_TYPED] for name in TrackingForm.base_fields}
    with override(language):
        form = TrackingForm(initial=typed)
        page = customer_page(request, "incidents/tracking_open.html", {"form": form})
    return in_language(request, page, language)


@require_safe
def tracking_detail(request: HttpRequest) -> HttpResponse:
    """How it stands, for as long as the browser has it open."""
    complaint = _opened(request)
    if complaint is None:
        return redirect("incidents:tracking_open")
    return _shown(request, complaint)


@require_POST
def tracking_leave(request: HttpRequest) -> HttpResponse:
    """Whoever uses the browser next has to know the secret again."""
    close_in(request.session)
    return redirect("incidents:tracking_open")


@require_POST
def tracking_write(request: HttpRequest) -> HttpResponse:
    """A message to the company; where it waited for one, its clocks go on."""
    complaint = _opened(request)
    if complaint is None:
        return _asked_again(request)
    words = _("You sent many messages within an hour. Send the next one after %(time)s.")
    if met := _met(request, complaint, limited.WRITTEN_ABOUT, words, writing=MessageForm):
        return met
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            write_message(complaint, by=CUSTOMER, **form.cleaned_data)
        except KeyReused as fault:
            take_refusal(form, fault)
            form.begin_anew()
        except WrongState:
            words = _("It is over: nobody reads messages about it any more.")
            return _too_late(request, complaint, words)
        else:
            return redirect("incidents:tracking_detail")
    return _shown(request, complaint, writing=form)


@require_POST
def tracking_answer(request: HttpRequest) -> HttpResponse:
    """Accepted or declined, with a word about it. The same answer twice is one."""
    complaint = _opened(request)
    if complaint is None:
        return _asked_again(request)
    if met := _met(request, complaint, limited.ANSWERED_ABOUT, answering=AnswerForm):
        return met
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, complaint, answering=form)
    place, answer = form.cleaned_data["offer"], form.cleaned_data["answer"]
    offer = complaint.offers.for_customer()[place - 1 : place].first()
    if offer is None:
        return _too_late(request, complaint, GONE)
    try:
        accepted = answer == OfferAnswer.ACCEPTED
        answer_offer(offer, by=CUSTOMER, accepted=accepted, text=form.cleaned_data["comment"])
    except WrongState:
        offer.refresh_from_db()
        return _too_late(request, complaint, ANSWERED[offer.answer])
    return redirect("incidents:tracking_detail")


@require_POST
def tracking_reopen(request: HttpRequest) -> HttpResponse:
    """Within a month after it was closed; pressed twice it is opened once."""
    complaint = _opened(request)
    if complaint is None:
        return _asked_again(request)
    if met := _met(request, complaint, limited.ANSWERED_ABOUT, reopening=ReopenForm):
        return met
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _shown(request, complaint, reopening=form)
    try:
        reopen_complaint(complaint, by=CUSTOMER, reason=form.cleaned_data["reason"])
    except TooLate as late:
        return _too_late(request, complaint, str(late))
    except WrongState:
        if complaint.is_over:
            return _too_late(request, complaint, _("It ended for good. Make a new complaint."))
    return redirect("incidents:tracking_detail")


@require_POST
def tracking_rate(request: HttpRequest) -> HttpResponse:
    """1 to 5, once it is closed; the last word counts."""
    complaint = _opened(request)
    if complaint is None:
        return _asked_again(request)
    if met := _met(request, complaint, limited.ANSWERED_ABOUT, rating=RatingForm):
        return met
    form = RatingForm(request.POST)
    if form.is_valid():
        try:
            rate_complaint(complaint, by=CUSTOMER, **form.cleaned_data)
        except ValidationError as fault:
            return _too_late(request, complaint, fault.message)
        return redirect("incidents:tracking_detail")
    return _shown(request, complaint, rating=form)


def _opened(request: HttpRequest) -> Complaint | None:
    code = opened_in(request.session, timezone.now())
    found = Complaint.objects.select_related("severity").filter(code=code)
    return found.first() if code else None


def _shown(
    request: HttpRequest,
    complaint: Complaint,
    *,
    status: int | None = None,
    note: StrPromise | str = "",
    **typed: Form,
) -> HttpResponse:
    """The page, with the form that was refused and `note` above it all."""
    now = timezone.now()
    offers = offers_shown(complaint)
    forms = _forms(complaint, len(offers), now)
    typed = {name: form for name, form in typed.items() if form.is_bound or name in forms}
    context = {
        "complaint": complaint,
        "story": story_of(complaint, now),
        "said": complaint.messages.for_customer(),
        "offers": offers,
        "note": note,
        "typed": _typed(request) if note else [],
        "switch": next((SWITCHES[name] for name in SWITCHES if name in forms), ""),
    }
    return customer_page(
        request, "incidents/tracking_detail.html", context | forms | typed, status=status
    )


def _forms(complaint: Complaint, offers: int, now: datetime) -> dict[str, Form]:
    """What the customer may do now."""
    forms: dict[str, Form] = {}
    if complaint.state == ComplaintState.OFFERED and offers:
        forms["answering"] = AnswerForm(initial={"offer": offers})
    if not complaint.is_over:
        forms["writing"] = MessageForm()
    if may_reopen(complaint, now):
        forms["reopening"] = ReopenForm()
    if complaint.state == ComplaintState.CLOSED:
        forms["rating"] = RatingForm(initial={"stars": complaint.satisfaction})
    return forms


def _met(
    request: HttpRequest, complaint: Complaint, limit: Limit, words: str = "", **kinds: type[Form]
) -> HttpResponse | None:
    """Before a form is looked at: the switch of the language was pressed, or too much was sent."""
    if language := language_chosen(request):
        return _shown_in(request, complaint, language, **kinds)
    if wait := limit.count(complaint.code):
        return _told_to_wait(request, complaint, wait, words)
    return None


def _shown_in(
    request: HttpRequest, complaint: Complaint, language: str, **typed: type[Form]
) -> HttpResponse:
    """The same page in the other language; what stood in the form stands there still, and is not sent."""
    with override(language):
        forms = {
            name: kind(initial={one: request.POST.get(one, "") for one in kind.base_fields})
            for name, kind in typed.items()
        }
        page = _shown(request, complaint, status=None, note="", **forms)
    return in_language(request, page, language)


def _told_to_wait(
    request: HttpRequest, complaint: Complaint, wait: int, words: str = ""
) -> HttpResponse:
    """429, with what was typed."""
    words = words or _("You sent many answers within an hour. Send the next one after %(time)s.")
    page = _shown(
        request, complaint, status=limited.TOO_MANY, note=words % {"time": limited.after(wait)}
    )
    return limited.told_to_wait(page, wait)


def _too_late(request: HttpRequest, complaint: Complaint, words: StrPromise | str) -> HttpResponse:
    """409: what the form was for is over. The page says what holds now, and shows what was typed."""
    complaint.refresh_from_db()
    return _shown(request, complaint, status=409, note=words)


def _asked_again(request: HttpRequest) -> HttpResponse:
    """403: the two hours are over, or it was opened in another browser. Nothing typed is lost."""
    context = {"form": TrackingForm(), "typed": _typed(request)}
    return customer_page(request, "incidents/tracking_open.html", context, status=403)


def _typed(request: HttpRequest) -> list[str]:
    """For copying."""
    texts = (request.POST.get(name, "") for name in ("text", "comment", "reason"))
    return [text for text in texts if text.strip()]
