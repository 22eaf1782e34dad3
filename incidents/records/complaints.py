"""A complaint of elsewhere becomes one of ours: its moments as they were, its state as they say."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from incidents.choices import NORMAL, ComplaintState
from incidents.complaints.clocks import Counted
from incidents.complaints.contact import Contact
from incidents.models import Complaint, Severity
from incidents.records.lists import Lists
from incidents.records.reading import Record
from incidents.records.texts import text_with_subject
from riskhub.accounts.bilingual import as_read
from riskhub.company.working_time import NeverWorked
from riskhub.personal.sealing import finding_hash

LONGEST_REPLY = 20_000
_BEFORE = _("%(field)s lies before the moment when it was received.")
_REPLY_WHEN = _("%(field)s: say when it was given.")
_NEVER = _("%(field)s: the company has no working hours from which clocks can be counted.")
_CLOSED = _("Closed where it came from: %(source)s.")


@dataclass(frozen=True)
class ComplaintDraft:
    """The row without its number; `reply` is what the customer was told first."""

    row: Complaint
    reply: str


@dataclass(frozen=True)
class _Moments:
    received_at: datetime | None
    replied_at: datetime | None
    closed_at: datetime | None

    @property
    def state(self) -> str:
        if self.closed_at:
            return ComplaintState.CLOSED
        return ComplaintState.CONTACTED if self.replied_at else ComplaintState.RECEIVED


def read_complaint(record: Record) -> ComplaintDraft | None:
    """None where something of it cannot be taken: `record.errors` say what."""
    moments = _moments(record)
    contact = _contact(record)
    category = record.one_of("category", record.lists.categories)
    severity = record.one_of("severity", record.lists.severities)
    usual = record.lists.severities[as_read(NORMAL)]
    severity = severity or (category.severity if category else usual)
    text = text_with_subject(record)
    row = Complaint(
        client_uuid=uuid4(),
        source=record.answers.source,
        external_id=record.line("external_id", 100),
        imported_at=record.lists.now,
        text=text,
        lang="en" if text.isascii() else "zh-hans",
        channel=record.one_of("channel", record.lists.channels) or "",
        category=category,
        severity=severity,
        department=record.one_of("department", record.lists.departments),
        service_line=record.one_of("service_line", record.lists.lines),
        order_ref=record.line("order_ref", 100),
        root_cause=record.prose("root_cause", 1000),
        satisfaction=record.whole("satisfaction", 1, 5),
        state=moments.state,
        first_contact_at=moments.replied_at,
        closed_at=moments.closed_at,
        closed_reason=_reason(record, moments),
        contact_hashes=_hashes(record, contact),
        **contact.columns,
    )
    reply = record.prose("reply", LONGEST_REPLY)
    if reply and not moments.replied_at:
        record.refuse(_REPLY_WHEN, "reply")
    if moments.received_at and not record.errors:
        row.received_at = moments.received_at
        _start_clocks(row, severity, record)
    return None if record.errors else ComplaintDraft(row, reply)


def _moments(record: Record) -> _Moments:
    names = ("received_at", "replied_at", "closed_at")
    moments = _Moments(*(record.moment(name) for name in names))
    came = moments.received_at
    for name in names[1:]:
        moment = getattr(moments, name)
        if came and moment and moment < came:
            record.refuse(_BEFORE, name)
    return moments


def _contact(record: Record) -> Contact:
    return Contact(
        record.line("contact_name", 100), record.line("contact_phone", 40),
        record.line("contact_email", 200), record.line("contact_address", 300),
    )  # fmt: skip


def _hashes(record: Record, contact: Contact) -> list[str]:
    """The customer's number there finds the same person again as well; the number itself is not kept."""
    customer = record.line("customer", 200)
    own = [finding_hash(f"customer:{record.answers.source}:{customer}")] if customer else []
    return sorted([*contact.hashes, *own])


def _reason(record: Record, moments: _Moments) -> str:
    said = record.prose("closed_reason", 1000)
    if moments.closed_at and not said:
        return gettext(_CLOSED) % {"source": record.answers.source}
    return said if moments.closed_at else ""


def _start_clocks(row: Complaint, severity: Severity, record: Record) -> None:
    """What was promised then is not known: as it would be promised today."""
    try:
        for step, due_at in _dues(row.received_at, severity, record.lists).items():
            setattr(row, step, due_at)
    except NeverWorked:
        record.refuse(_NEVER, "received_at")


def _dues(received_at: datetime, severity: Severity, lists: Lists) -> dict[str, datetime]:
    counted = Counted(severity.clock, lists.work)
    return {
        f"{step}_due": counted.after(received_at, getattr(severity, step))
        for step in Severity.steps
    }
