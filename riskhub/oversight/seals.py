"""How far the audit log is sealed, and when somebody last recomputed it."""

from dataclasses import dataclass
from typing import Any

from riskhub.audit.chain import GENESIS
from riskhub.audit.models import AuditEvent, AuditSeal


@dataclass(frozen=True)
class SealStanding:
    """`events` are sealed under `head_hash`; `checked` is the last `audit.verified` event, or None."""

    events: int
    head_hash: str
    sealed_at: Any
    checked: AuditEvent | None

    @property
    def fault(self) -> str:
        return (self.checked.after or {}).get("fault", "") if self.checked else ""


def seal_standing() -> SealStanding:
    head = AuditSeal.objects.order_by("-seq").first()
    checked = (
        AuditEvent.objects.filter(object_type="audit_auditseal", action="audit.verified")
        .order_by("-id")
        .first()
    )
    if head is None:
        return SealStanding(0, GENESIS, None, checked)
    return SealStanding(head.seq, head.hash, head.sealed_at, checked)
