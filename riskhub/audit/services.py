"""Events without a row change, and the sealing of what was committed."""

import json
from typing import Any

from django.db import connection, transaction

from riskhub.audit.actors import Actor
from riskhub.audit.context import acting


def note_event(
    *,
    by: Actor | None,
    action: str,
    object_type: str,
    object_id: str = "",
    label: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """Record something that changed no row: a file downloaded, a contact unmasked."""
    with acting(by, action), connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_note(%s, %s, %s, %s, %s::jsonb)",
            [action, object_type, object_id, label, json.dumps(details or {}, ensure_ascii=False)],
        )


def seal_events(most: int = 10_000) -> int:
    """Chain every committed event that has no seal yet; returns how many.

    Runs in a transaction of its own: what is still open in another one is left for the next run.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT audit_seal_events(%s)", [most])
        return int(cursor.fetchone()[0])
