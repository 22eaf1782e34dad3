"""A complaint is handled: somebody takes it, gets in touch, looks into it, passes it on, ends it."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from incidents.choices import OVER, ComplaintState, Direction
from incidents.complaints.clocks import Counted, moved
from incidents.complaints.deadlines import in_order, running
from incidents.models import Complaint, ComplaintMessage
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.company.business_calendar import working_time
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import prose

ENDS = (ComplaintState.WITHDRAWN, ComplaintState.INVALID)


def take_complaint(complaint: Complaint, *, by: User, version: int | None = None) -> Complaint:
    """It is theirs from now on, whoever had it before; with `version` only if nobody was faster."""
    with acting(by, "complaint.taken"):
        stored = _open(complaint)
        if stored.handler_id == by.pk:
            return stored
        lock_version(stored, version)
        return save_fields(stored, handler=by)


def log_contact(
    complaint: Complaint, *, by: User, text: str, client_uuid: UUID, at: datetime | None = None
) -> Complaint:
    """A call or another word to the customer: the first one stops the first clock."""
    with acting(by, "complaint.contacted"):
        stored = lock_row(complaint)
        words = said(text, _("Say in a sentence what was said."))
        if known_message(stored, Direction.OUT, words, client_uuid):
            return stored
        refuse_what_is_over(stored)
        at = _moment_of(stored, at)
        ComplaintMessage.objects.create(
            complaint=stored, direction=Direction.OUT, author=by, at=at, client_uuid=client_uuid,
            text=words,
        )  # fmt: skip
        if stored.first_contact_at is None:
            save_fields(stored, first_contact_at=at)
        if stored.state == ComplaintState.RECEIVED:
            move(stored, ComplaintState.CONTACTED)
        return stored


def note_internally(complaint: Complaint, *, by: User, text: str, client_uuid: UUID) -> Complaint:
    """For colleagues; no customer reads it. Also on one that is over."""
    with acting(by, "complaint.noted"):
        stored = lock_row(complaint)
        words = said(text, _("Write what colleagues should know."))
        if not known_message(stored, Direction.INTERNAL, words, client_uuid):
            ComplaintMessage.objects.create(
                complaint=stored, direction=Direction.INTERNAL, author=by, text=words,
                client_uuid=client_uuid,
            )  # fmt: skip
        return stored


def investigate_complaint(complaint: Complaint, *, by: User) -> Complaint:
    with acting(by, "complaint.investigated"):
        _open(complaint)
        return move(complaint, ComplaintState.INVESTIGATING)


def escalate_complaint(complaint: Complaint, *, by: User | None, reason: str) -> Complaint:
    """To whoever decides above; `by` is None where a clock that ran out does it."""
    why = said(reason, _("Say why it has to go higher."), field="reason")
    with acting(by, "complaint.escalated", why):
        return move(complaint, ComplaintState.ESCALATED)


def end_complaint(complaint: Complaint, *, by: User, state: str, reason: str) -> Complaint:
    """Withdrawn by the customer, or not valid: the only ways without an offer."""
    if state not in ENDS:
        raise WrongState(complaint, state)
    why = said(reason, _("Say why it ends without an offer."), field="reason")
    with acting(by, f"complaint.{'withdrawn' if state == ENDS[0] else 'refused'}", why):
        return move(complaint, state, closed_at=timezone.now(), closed_reason=why, paused_at=None)


def pause_complaint(complaint: Complaint, *, by: User | None, reason: str) -> Complaint:
    """It waits for the customer: the clocks stand still."""
    why = said(reason, _("Say what the customer is asked for."), field="reason")
    with acting(by, "complaint.paused", why):
        stored = _open(complaint)
        if stored.paused_at is None:
            save_fields(stored, paused_at=timezone.now())
        return stored


def resume_complaint(complaint: Complaint, *, by: User | AnonymousUser | None) -> Complaint:
    """The clocks go on with what was left of them; those that are done stay as they are."""
    with acting(by, "complaint.resumed"):
        stored = _open(complaint)
        if stored.paused_at is None:
            return stored
        now, counted = timezone.now(), Counted(stored.severity.clock, working_time())
        since = stored.paused_at
        due = {
            f"{step}_due": moved(getattr(stored, f"{step}_due"), since, now, counted)
            for step in running(stored)
        }
        minutes = stored.paused_minutes + round(counted.between(since, now))
        save_fields(stored, paused_at=None, paused_minutes=minutes, **in_order(stored, due))
        return stored


def _open(complaint: Complaint) -> Complaint:
    stored = lock_row(complaint)
    refuse_what_is_over(stored)
    return stored


def refuse_what_is_over(complaint: Complaint) -> None:
    if complaint.state in OVER:
        raise WrongState(complaint, complaint.state)


def known_message(
    complaint: Complaint, direction: str, text: str, client_uuid: UUID
) -> ComplaintMessage | None:
    """What the same form sent before; KeyReused where it then said something else."""
    known = ComplaintMessage.objects.filter(client_uuid=client_uuid).first()
    told = (complaint.pk, direction, text)
    if known and (known.complaint_id, known.direction, known.text) != told:
        raise KeyReused
    return known


def said(text: str, sentence: str, *, field: str = "text") -> str:
    """The text as it is kept; where it holds nothing that can be read the sentence is the refusal."""
    kept = prose(text)
    if not kept:
        raise ValidationError({field: sentence})
    return kept


def _moment_of(complaint: Complaint, at: datetime | None) -> datetime:
    now = timezone.now()
    if at is None:
        return now
    if at == complaint.received_at.replace(second=0, microsecond=0):
        return complaint.received_at  # typed to the minute
    if not complaint.received_at <= at <= now:
        raise ValidationError({"at": _("Between its receipt and now.")})
    return at
