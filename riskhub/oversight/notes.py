"""The notes of the auditors beside an event: on itself, and on its object as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from riskhub.audit.models import AuditEvent
from riskhub.oversight.services.noting import NOTED


@dataclass(frozen=True)
class Note:
    at: datetime
    author: str
    text: str
    is_general: bool


def notes_on(event: AuditEvent) -> list[Note]:
    """Oldest first. Who sees the event sees them: they stand in the log of the same object."""
    same = AuditEvent.objects.filter(
        Q(after__event=event.pk) | ~Q(after__has_key="event"),
        object_type=event.object_type, object_id=event.object_id, action=NOTED,
    )  # fmt: skip
    return [_note(event.after or {}, event) for event in same.order_by("pk")]


def _note(kept: Mapping[str, Any], event: AuditEvent) -> Note:
    return Note(event.at, event.actor_name, str(kept.get("text", "")), "event" not in kept)
