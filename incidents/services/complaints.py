"""A complaint comes in: it gets its number, its severity and its three clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import get_language

from incidents.choices import NORMAL, REPEAT_WITHIN, SEVERITY_OF, Channel
from incidents.complaints.clocks import Counted
from incidents.complaints.contact import Contact
from incidents.complaints.secrets import secret_hash, secret_of
from incidents.models import Complaint, Severity
from incidents.services.complaint_notices import tell_of_complaint
from registers.models import ServiceLine
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.company.business_calendar import working_time
from riskhub.company.services import take_numbers
from riskhub.company.working_time import WorkingTime
from riskhub.entry.repeats import KeyReused
from riskhub.files.keeping import KeptFile
from riskhub.files.services import attach_files

CUSTOMER = AnonymousUser()
"""Whoever complains has no account: in the audit a person who is not to be known."""
NOBODY_KNOWN = Contact()


@dataclass(frozen=True)
class Told:
    """What a customer says, whoever writes it down."""

    client_uuid: UUID
    text: str
    troubles: Sequence[str] = ()
    order_ref: str = ""
    service_line: ServiceLine | None = None
    wish: str = ""
    wish_text: str = ""
    contact: Contact = NOBODY_KNOWN
    channel: str = Channel.WEB_FORM
    photos: Sequence[KeptFile] = ()
    lang: str = ""
    """Of the customer; empty for the one in which the page was."""

    @property
    def severity(self) -> str:
        """The gravest of what is ticked: S1 comes before S2."""
        return min((SEVERITY_OF.get(one, NORMAL) for one in self.troubles), default=NORMAL)


def receive_complaint(
    told: Told, *, by: User | AnonymousUser, received_at: datetime | None = None
) -> tuple[Complaint, bool]:
    """Keep it and start its clocks; the same form sent again is the same complaint (and False).

    Raises KeyReused for a form that was used for other words, NeverWorked where no clock would ever end.
    """
    try:
        return _receive(told, by, received_at)
    except IntegrityError:  # the same key came in at this very moment: now it stands there
        return _receive(told, by, received_at)


def _receive(
    told: Told, by: User | AnonymousUser, received_at: datetime | None
) -> tuple[Complaint, bool]:
    with acting(by, "complaint.received"):
        if stored := Complaint.objects.filter(client_uuid=told.client_uuid).first():
            if stored.text != told.text:
                raise KeyReused
            return stored, False
        work = working_time()
        complaint = _row(told, received_at or timezone.now(), work)
        complaint.full_clean(
            exclude=["code", "severity", "service_line"], validate_unique=False,
            validate_constraints=False,
        )  # fmt: skip
        complaint.code = _next_code(complaint, work, by)
        complaint.secret_hash = secret_hash(complaint.code, secret_of(told.client_uuid))
        complaint.repeat_of = _former(complaint)
        complaint.save(force_insert=True)
        if told.photos:
            attach_files(complaint, told.photos, by=by)
        tell_of_complaint(complaint, by=by if isinstance(by, User) else None)
        return complaint, True


def _row(told: Told, received_at: datetime, work: WorkingTime) -> Complaint:
    severity = Severity.objects.get(code=told.severity)
    counted = Counted(severity.clock, work)
    due = {
        f"{step}_due": counted.after(received_at, getattr(severity, step))
        for step in Severity.steps
    }
    return Complaint(
        client_uuid=told.client_uuid, channel=told.channel, text=told.text,
        troubles=sorted(set(told.troubles)), order_ref=told.order_ref,
        service_line=told.service_line, wish=told.wish, wish_text=told.wish_text,
        contact_hashes=told.contact.hashes, lang=told.lang or get_language() or "zh-hans", severity=severity,
        received_at=received_at, **told.contact.columns, **due,
    )  # fmt: skip


def _next_code(complaint: Complaint, work: WorkingTime, by: User | AnonymousUser) -> str:
    year = complaint.received_at.astimezone(work.zone).year
    (number,) = take_numbers(f"complaint:{year}", by=by if isinstance(by, User) else None)
    return f"C-{year}-{number:04d}"


def _former(complaint: Complaint) -> Complaint | None:
    """The last one of the same person or about the same order, within 90 days."""
    since = complaint.received_at - REPEAT_WITHIN
    former = Complaint.objects.of_same_customer(complaint).filter(
        received_at__range=(since, complaint.received_at)
    )
    return former.order_by("-received_at", "-pk").first()
