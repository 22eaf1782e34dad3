"""Verify the chain of seals, from the first event to the head."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from django.db import connection

GENESIS = "0" * 64
TOLD_EVERY = 5000
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


class FaultKind(StrEnum):
    """What the first broken place is."""

    NO_SEAL = "no_seal"
    NO_EVENT = "no_event"
    NO_LINK = "no_link"
    CHANGED = "changed"
    SLIPPED_IN = "slipped_in"


_SENTENCES = {
    FaultKind.NO_SEAL: "seal {seal} is missing",
    FaultKind.NO_EVENT: "event {event} (seal {seal}) is missing",
    FaultKind.NO_LINK: "seal {seal} does not follow seal {former}",
    FaultKind.CHANGED: "event {event} (seal {seal}) was changed",
    FaultKind.SLIPPED_IN: "event {event} was put in behind the last seal",
}


@dataclass(frozen=True)
class Fault:
    """The first broken place; in English words for the command and the log."""

    kind: FaultKind
    seal: int
    event: int | None = None

    def __str__(self) -> str:
        sentence = _SENTENCES[self.kind]
        return sentence.format(seal=self.seal, former=self.seal - 1, event=self.event)


@dataclass(frozen=True)
class Verification:
    """`events` counts the sealed ones that are whole, up to the first broken place."""

    events: int
    head_hash: str
    broken: Fault | None = None

    @property
    def is_whole(self) -> bool:
        return self.broken is None

    @property
    def fault(self) -> str:
        """Names the first broken row in words, or is empty."""
        return str(self.broken or "")


def head_hash() -> str:
    """The hash of the newest seal: it stands for everything before it. 64 zeros when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM audit_auditseal ORDER BY seq DESC LIMIT 1")
        row = cursor.fetchone()
    return str(row[0]) if row else GENESIS


def verify_chain(told: Callable[[int], None] | None = None) -> Verification:
    """Recompute every hash outside the database and compare; stops at the first fault.

    `told(n)` hears from time to time how many are done.
    """
    seq, previous = 0, GENESIS
    with connection.chunked_cursor() as cursor:
        cursor.execute(_CHAIN)
        for link in (_Link(*row) for row in cursor):
            if broken := _fault(seq + 1, previous, link):
                return Verification(seq, previous, broken)
            seq, previous = link.seq, link.hash
            if told and seq % TOLD_EVERY == 0:
                told(seq)
    with connection.cursor() as cursor:
        cursor.execute(_UNSEALED)
        slipped_in = cursor.fetchone()[0]
    if slipped_in:
        return Verification(seq, previous, Fault(FaultKind.SLIPPED_IN, seq, slipped_in))
    return Verification(seq, previous)


class _Link(NamedTuple):
    seq: int
    event: int
    prev_hash: str
    hash: str
    canonical: str | None


def _fault(expected: int, previous: str, link: _Link) -> Fault | None:
    if link.seq != expected:
        return Fault(FaultKind.NO_SEAL, expected)
    if link.canonical is None:
        return Fault(FaultKind.NO_EVENT, link.seq, link.event)
    if link.prev_hash != previous:
        return Fault(FaultKind.NO_LINK, link.seq)
    if sha256((link.prev_hash + link.canonical).encode()).hexdigest() != link.hash:
        return Fault(FaultKind.CHANGED, link.seq, link.event)
    return None
