"""Who complained, in full: only for whoever asks for it, and the audit knows who did."""

from incidents.complaints.contact import Contact
from incidents.models import Complaint
from riskhub.accounts.models import User
from riskhub.audit.services import note_event


def open_contact(complaint: Complaint, *, by: User) -> Contact:
    """What the masks hide, of one complaint; the event names the columns, never what they hold."""
    contact = Contact.of(complaint)
    shown = sorted(name for name, text in contact.columns.items() if text)
    note_event(
        by=by, action="complaint.contact_opened", object_type=Complaint._meta.db_table,
        object_id=str(complaint.pk), label=complaint.code, details={"columns": shown},
    )  # fmt: skip
    return contact
