"""What the company offers for a complaint, who approves it, what the customer says, and that it is done."""

from decimal import Decimal
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.choices import OVER, ComplaintState, OfferAnswer
from incidents.models import Complaint, Resolution
from incidents.permissions import authority_of, highest_authority, may_approve_offer
from incidents.services.handling import resume_complaint, said
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import prose

_FROM = (
    ComplaintState.CONTACTED,
    ComplaintState.INVESTIGATING,
    ComplaintState.DECLINED,
    ComplaintState.ESCALATED,
)


class CannotApprove(Exception):  # noqa: N818 - reads as what it says
    """Whoever made it, or somebody whose authority does not go so far."""


class AnswersAlready(ValidationError):  # noqa: N818 - reads as what it says
    """An offer waits for the customer, or for approval."""

    def __init__(self) -> None:
        super().__init__(_("An offer is open already. It is answered first."))


def make_offer(
    complaint: Complaint,
    *,
    by: User,
    kind: str,
    text: str,
    client_uuid: UUID,
    amount: Decimal | None = None,
) -> Resolution:
    """The customer sees it at once, or once another person has approved what is above one's authority.

    Once it is escalated, what the customer was offered before does not stand: this comes in its place.
    """
    with acting(by, "offer.made"):
        stored = lock_row(complaint)
        offer = Resolution(
            complaint=stored, kind=kind, text=prose(text), amount=amount, made_by=by,
            authority_limit=authority_of(by, stored), client_uuid=client_uuid,
        )  # fmt: skip
        if known := _known(offer):
            return known
        if stored.state not in _FROM:
            raise WrongState(stored, ComplaintState.OFFERED)
        _check(offer)
        _make_room(stored)
        offer.save(force_insert=True)
        if not offer.needs_approval:
            _put_to_customer(offer)
        return offer


def approve_offer(offer: Resolution, *, by: User, version: int | None = None) -> Resolution:
    """By another person whose authority goes so far; the customer sees it then."""
    with acting(by, "offer.approved"):
        lock_row(offer.complaint)
        stored = lock_version(offer, version)
        if not stored.needs_approval:
            raise WrongState(stored.complaint, ComplaintState.OFFERED)
        if not may_approve_offer(by, stored):
            raise CannotApprove(_("Another person whose authority goes so far approves it."))
        save_fields(stored, approved_by=by)
        _put_to_customer(stored)
        return stored


def revoke_offer(
    offer: Resolution, *, by: User, reason: str, version: int | None = None
) -> Resolution:
    """One that no customer has seen, by whoever made it or should approve it; then another can be made."""
    why = said(reason, _("Say why it is not offered."), field="reason")
    with acting(by, "offer.revoked", why):
        complaint = lock_row(offer.complaint)
        stored = lock_version(offer, version)
        if not stored.needs_approval or complaint.state in OVER:
            raise WrongState(complaint, complaint.state)
        return _revoked(stored, why)


def answer_offer(
    offer: Resolution, *, by: User | AnonymousUser, accepted: bool, text: str = ""
) -> Resolution:
    """The customer on the tracking page, or somebody who heard it from them. The same answer twice is one."""
    with acting(by, f"offer.{'accepted' if accepted else 'declined'}"):
        complaint = lock_row(offer.complaint)
        stored = lock_row(offer)
        answer = OfferAnswer.ACCEPTED if accepted else OfferAnswer.DECLINED
        if stored.answer == answer:
            return stored
        to = ComplaintState.ACCEPTED if accepted else ComplaintState.DECLINED
        is_open = stored.is_open and stored.offered_at is not None
        if complaint.state != ComplaintState.OFFERED or not is_open:
            raise WrongState(complaint, to)
        save_fields(stored, answer=answer, answer_text=prose(text), answered_at=timezone.now())
        move(complaint, to)
        if complaint.paused_at:  # it waited for this
            resume_complaint(complaint, by=by)
        return stored


def fulfil_offer(offer: Resolution, *, by: User) -> Resolution:
    """What was promised is done."""
    with acting(by, "offer.fulfilled"):
        complaint = lock_row(offer.complaint)
        stored = lock_row(offer)
        if stored.fulfilled_at is None:
            if stored.answer != OfferAnswer.ACCEPTED:
                raise WrongState(complaint, ComplaintState.FULFILLED)
            move(complaint, ComplaintState.FULFILLED)
            save_fields(stored, fulfilled_at=timezone.now())
        return stored


def _known(offer: Resolution) -> Resolution | None:
    """The one that the same form made; KeyReused where it then said something else."""
    known = Resolution.objects.filter(client_uuid=offer.client_uuid).first()
    names = ("complaint_id", "kind", "text", "amount")
    if known and any(getattr(known, name) != getattr(offer, name) for name in names):
        raise KeyReused
    return known


def _check(offer: Resolution) -> None:
    offer.full_clean(
        exclude=["complaint", "made_by"], validate_unique=False, validate_constraints=False
    )
    if offer.amount is None:
        return
    if offer.amount <= 0:
        raise ValidationError({"amount": _("More than 0, or leave it empty.")})
    if offer.amount > highest_authority():
        raise ValidationError({"amount": _("Nobody in the company may approve so much.")})


def _make_room(complaint: Complaint) -> None:
    """One offer at a time; of one that was escalated the former one falls."""
    former = complaint.offers.filter(answer=OfferAnswer.NONE).first()
    if former is None:
        return
    if former.offered_at is None:
        raise AnswersAlready
    _revoked(former, "")


def _revoked(offer: Resolution, reason: str) -> Resolution:
    return save_fields(
        offer, answer=OfferAnswer.REVOKED, answer_text=reason, answered_at=timezone.now()
    )


def _put_to_customer(offer: Resolution) -> None:
    """The second clock stops with the first offer that the customer can see."""
    now, complaint = timezone.now(), lock_row(offer.complaint)
    if complaint.state in OVER:
        raise WrongState(complaint, ComplaintState.OFFERED)
    save_fields(offer, offered_at=now)
    first = {} if complaint.offer_at else {"offer_at": now}
    move(complaint, ComplaintState.OFFERED, **first)
