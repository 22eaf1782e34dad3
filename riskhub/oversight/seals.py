"""How far the audit log is sealed, and what the last verifications found."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Left

from riskhub.audit.chain import GENESIS
from riskhub.audit.models import AuditEvent, AuditSeal
from riskhub.oversight.faults import Verdict, verdict_of

NAMED_BY = 12
"""By so many signs of its hash a seal is found."""
PER_PAGE = 50


@dataclass(frozen=True)
class SealStanding:
    """`events` are sealed under `head_hash`; `checked` is what the last verification found, or None."""

    events: int
    head_hash: str
    sealed_at: Any
    checked: Verdict | None


@dataclass(frozen=True)
class SealPage:
    """Newest first; `older` is what `?before=` says on the next page, None on the last one."""

    seals: list[AuditSeal]
    older: int | None
    is_newest: bool


def seal_standing() -> SealStanding:
    head = AuditSeal.objects.order_by("-seq").first()
    checked = next(iter(last_verdicts(1)), None)
    if head is None:
        return SealStanding(0, GENESIS, None, checked)
    return SealStanding(head.seq, head.hash, head.sealed_at, checked)


def last_verdicts(most: int) -> list[Verdict]:
    found = AuditEvent.objects.filter(action="audit.verified", object_type="audit_auditseal")
    return [verdict_of(event) for event in found.order_by("-id")[:most]]


def seals_found(text: str) -> QuerySet[AuditSeal]:
    """All of them; with a number the one that bears it, with a hash those that begin so."""
    seals = AuditSeal.objects.select_related("event").order_by("-seq")
    text = text.strip().lower()
    if not text:
        return seals
    if text.isascii() and text.isdecimal() and len(text) < NAMED_BY:
        return seals.filter(seq=text)
    start = Left("hash", NAMED_BY)
    return seals.alias(start=start).filter(start=text[:NAMED_BY], hash__startswith=text)


def seal_page(seals: QuerySet[AuditSeal], before: int | None) -> SealPage:
    rows = seals if before is None else seals.filter(seq__lt=before)
    shown = list(rows[: PER_PAGE + 1])
    older = shown[PER_PAGE - 1].seq if len(shown) > PER_PAGE else None
    return SealPage(shown[:PER_PAGE], older, is_newest=before is None)
