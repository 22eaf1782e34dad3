"""What an auditor writes down about an event and its object: an event itself, and nothing else changes."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.models import AuditEvent
from riskhub.audit.services import note_event
from riskhub.entry.texts import prose

NOTED = "audit.noted"


def note_on_event(
    event: AuditEvent, *, by: User, text: str, key: UUID, is_general: bool = False
) -> bool:
    """Keep a note on the event, or (`is_general`) on the whole object; False where `key` was kept before.

    It stands in the log of the object: who reads that reads the note.
    """
    with acting(by, NOTED):
        text = prose(text)
        if not text:
            raise ValidationError({"text": _("Write what you noticed.")})
        _wait_for_twin(key)
        if AuditEvent.objects.filter(action=NOTED, actor_id=by.pk, after__key=str(key)).exists():
            return False
        details: dict[str, Any] = {"text": text, "key": str(key)}
        note_event(
            by=by,
            action=NOTED,
            object_type=event.object_type,
            object_id=event.object_id,
            label=event.object_label,
            details=details if is_general else details | {"event": event.pk},
        )
        return True


def _wait_for_twin(key: UUID) -> None:
    """Of two that come at once the second sees what the first has kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
