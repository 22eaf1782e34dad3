"""What a customer writes about their complaint."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from incidents.choices import OVER, Direction
from incidents.models import Complaint, ComplaintMessage
from incidents.services.handling import resume_complaint
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import lock_row
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import prose


def write_message(
    complaint: Complaint, *, by: User | AnonymousUser, text: str, client_uuid: UUID
) -> ComplaintMessage:
    """The same form sent again is the same message. Where one waited for the customer the clocks go on.

    Raises KeyReused for a form that was used for other words, WrongState once the complaint is over.
    """
    said = prose(text)
    if not said:
        raise ValidationError({"text": _("Write a sentence.")})
    with acting(by, "complaint.answered"):
        stored = lock_row(complaint)
        if known := ComplaintMessage.objects.filter(client_uuid=client_uuid).first():
            if (known.complaint_id, known.text) != (stored.pk, said):
                raise KeyReused
            return known
        if stored.state in OVER:
            raise WrongState(stored, stored.state)
        message = ComplaintMessage.objects.create(
            complaint=stored, direction=Direction.IN, text=said, client_uuid=client_uuid
        )
        if stored.paused_at:
            resume_complaint(stored, by=by)
        return message
