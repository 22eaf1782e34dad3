"""What a customer writes about their complaint."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from incidents.choices import Direction
from incidents.models import Complaint, ComplaintMessage
from incidents.services.handling import (
    known_message,
    refuse_what_is_over,
    resume_complaint,
    said,
)
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row


def write_message(
    complaint: Complaint, *, by: User | AnonymousUser, text: str, client_uuid: UUID
) -> ComplaintMessage:
    """The same form sent again is the same message. Where one waited for the customer the clocks go on.

    Raises KeyReused for a form that was used for other words, WrongState once the complaint is over.
    """
    words = said(text, _("Write a sentence."))
    with acting(by, "complaint.answered"):
        stored = lock_row(complaint)
        if known := known_message(stored, Direction.IN, words, client_uuid):
            return known
        refuse_what_is_over(stored)
        message = ComplaintMessage.objects.create(
            complaint=stored, direction=Direction.IN, text=words, client_uuid=client_uuid
        )
        if stored.paused_at:
            resume_complaint(stored, by=by)
        return message
