"""Verify the chain of seals, from the first event to the head."""

from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from django.db import connection

GENESIS = "0" * 64
_CHAIN = """
SELECT s.seq, s.event_id, s.prev_hash, s.hash,
    CASE WHEN e.id IS NOT NULL THEN audit_sealed_text(e, s.form, s.sealed_at) END
FROM audit_auditseal s LEFT JOIN audit_auditevent e ON e.id = s.event_id ORDER BY s.seq
"""
_UNSEALED = """
SELECT min(e.id) FROM audit_auditevent e
WHERE NOT EXISTS (SELECT FROM audit_auditseal s WHERE s.event_id = e.id)
  AND e.transaction_id < (SELECT max(p.transaction_id) FROM audit_auditevent p
                          JOIN audit_auditseal q ON q.event_id = p.id)
"""


@dataclass(frozen=True)
class Verification:
    """`fault` names the first broken row in words, or is empty; `events` counts the sealed ones."""

    events: int
    head_hash: str
    fault: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.fault


def head_hash() -> str:
    """The hash of the newest seal: it stands for everything before it. 64 zeros when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM audit_auditseal ORDER BY seq DESC LIMIT 1")
        row = cursor.fetchone()
    return str(row[0]) if row else GENESIS


def verify_chain() -> Verification:
    """Recompute every hash outside the database and compare; stops at the first fault."""
    seq, previous = 0, GENESIS
    with connection.chunked_cursor() as cursor:
        cursor.execute(_CHAIN)
        for link in (_Link(*row) for row in cursor):
            fault = _fault(seq + 1, previous, link)
            if fault:
                return Verification(seq, previous, fault)
            seq, previous = link.seq, link.hash
    with connection.cursor() as cursor:
        cursor.execute(_UNSEALED)
        slipped_in = cursor.fetchone()[0]
    if slipped_in:
        return Verification(seq, previous, f"event {slipped_in} was put in behind the last seal")
    return Verification(seq, previous)


class _Link(NamedTuple):
    seq: int
    event: int
    prev_hash: str
    hash: str
    canonical: str | None


def _fault(expected: int, previous: str, link: _Link) -> str:
    if link.seq != expected:
        return f"seal {expected} is missing"
    if link.canonical is None:
        return f"event {link.event} (seal {link.seq}) is missing"
    if link.prev_hash != previous:
        return f"seal {link.seq} does not follow seal {link.seq - 1}"
    if sha256((link.prev_hash + link.canonical).encode()).hexdigest() != link.hash:
        return f"event {link.event} (seal {link.seq}) was changed"
    return ""
