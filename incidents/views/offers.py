"""What is offered for a complaint: made, approved by another person, answered, done."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from incidents.choices import ComplaintState, OfferAnswer
from incidents.forms.offers import AnswerForm, ApproveForm, OfferForm, RevokeForm, opened
from incidents.models import Complaint, Resolution
from incidents.permissions import authority_of, may_approve_offer, may_revoke_offer
from incidents.replies.filling import begun_with, replies_for
from incidents.services.offers import (
    answer_offer,
    approve_offer,
    fulfil_offer,
    make_offer,
    revoke_offer,
)
from incidents.views.stepping import (
    PAGE_METHODS,
    Step,
    handled_complaint,
    press,
    step_page,
    visible_complaint,
)
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.requests import SignedInRequest
from riskhub.web.templatetags.riskhub import money


@require_http_methods(PAGE_METHODS)
@signed_in
def offer_create(request: SignedInRequest, code: str) -> HttpResponse:
    complaint = handled_complaint(request, code)
    replies = replies_for(complaint)
    form = OfferForm(
        request.POST or None, complaint=complaint,
        hint=_limit(authority_of(request.user, complaint)),
        initial=begun_with(request.GET.get("reply"), replies),
    )  # fmt: skip
    step = Step(
        _("Make an offer"), _("The offer for %(code)s is made."),
        lambda facts: make_offer(complaint, by=request.user, **facts),
        to=ComplaintState.OFFERED,
    )  # fmt: skip
    return step_page(request, complaint, step, form, replies=replies)


@require_http_methods(PAGE_METHODS)
@signed_in
def offer_approve(request: SignedInRequest, code: str) -> HttpResponse:
    """By another person, of exactly the offer that the page shows."""
    complaint = visible_complaint(request, code)
    require(authority_of(request.user, complaint) > 0)
    offer = _waiting(complaint)
    if offer is None:
        return _is_over(request, complaint)
    require(may_approve_offer(request.user, offer))
    form = ApproveForm(request.POST or None, initial=opened(offer))
    step = Step(
        _("Approve the offer"), _("The offer for %(code)s is approved. The customer sees it now."),
        lambda facts: approve_offer(_shown(facts, offer), by=request.user, version=facts["row_version"]),
    )  # fmt: skip
    return step_page(request, complaint, step, form, offer=offer)


@require_http_methods(PAGE_METHODS)
@signed_in
def offer_revoke(request: SignedInRequest, code: str) -> HttpResponse:
    """One that no customer has seen yet: the way to say no to it."""
    complaint = visible_complaint(request, code)
    require(authority_of(request.user, complaint) > 0)
    offer = _waiting(complaint)
    if offer is None:
        return _is_over(request, complaint)
    require(may_revoke_offer(request.user, offer))
    form = RevokeForm(
        request.POST or None, initial=opened(offer), label=_("Why is it not offered?")
    )
    step = Step(
        _("Take the offer back"), _("The offer for %(code)s is taken back. Another one can be made."),
        lambda facts: revoke_offer(
            _shown(facts, offer), by=request.user, reason=facts["reason"],
            version=facts["row_version"],
        ),
    )  # fmt: skip
    return step_page(request, complaint, step, form, offer=offer)


@require_http_methods(PAGE_METHODS)
@signed_in
def offer_answer(request: SignedInRequest, code: str) -> HttpResponse:
    """What the customer said on the telephone; on the tracking page they say it themselves."""
    complaint = handled_complaint(request, code)
    offer = complaint.offers.exclude(offered_at=None).order_by("-pk").first()
    if offer is None or complaint.state != ComplaintState.OFFERED:
        return _is_over(request, complaint)
    form = AnswerForm(request.POST or None, initial=opened(offer))
    step = Step(
        _("Note the answer"), _("The answer to the offer for %(code)s is noted."),
        lambda facts: answer_offer(
            _shown(facts, offer), by=request.user, accepted=facts["accepted"], text=facts["text"]
        ),
    )  # fmt: skip
    return step_page(request, complaint, step, form, offer=offer)


@require_POST
@signed_in
def offer_fulfil(request: SignedInRequest, code: str) -> HttpResponse:
    """What was promised is done."""
    complaint = handled_complaint(request, code)
    offer = complaint.offers.filter(answer=OfferAnswer.ACCEPTED).order_by("-pk").first()
    if offer is None:
        return _is_over(request, complaint)
    done = _("What was promised for %(code)s is done.")
    return press(request, complaint, done, lambda: fulfil_offer(offer, by=request.user))


def _limit(authority: Decimal) -> str:
    words = _("Empty where no money is offered. Above %(amount)s another person approves it first.")
    return words % {"amount": money(authority)}


def _waiting(complaint: Complaint) -> Resolution | None:
    """The offer that somebody else approves first."""
    offer = complaint.offers.filter(answer=OfferAnswer.NONE, offered_at=None).first()
    if offer is None or complaint.is_over:
        return None
    offer.complaint = complaint
    return offer


def _is_over(request: SignedInRequest, complaint: Complaint) -> HttpResponse:
    words = _("No offer for %(code)s waits for this any more.") % {"code": complaint.code}
    return turned_away(request, words, complaint)


def _shown(facts: dict[str, Any], offer: Resolution) -> Resolution:
    """The offer that the page showed; stale where another one stands there by now."""
    if facts["offer"] != offer.pk:
        raise StaleVersion(offer.complaint)
    return offer
