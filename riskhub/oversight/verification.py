"""How far a verification in the background is."""

from dataclasses import dataclass
from datetime import datetime

from riskhub.audit.models import AuditSeal
from riskhub.oversight.services.verifying import VERIFY
from riskhub.work.choices import WorkState
from riskhub.work.models import Work


@dataclass(frozen=True)
class Running:
    """`done` of `total` seals; `error` is what the last attempt died of, `again_at` when the next begins."""

    done: int
    total: int
    error: str
    again_at: datetime | None
    is_dead: bool


def running_verification() -> Running | None:
    """The one that is owed, or the last one where it was given up; None where nothing is under way."""
    work = Work.objects.filter(kind=VERIFY).order_by("-id").first()
    if work is None or work.state == WorkState.DONE:
        return None
    head = AuditSeal.objects.order_by("-seq").values_list("seq", flat=True).first()
    return Running(
        done=int(work.progress.get("done", 0)),
        total=head or 0,
        error=work.reason_words,
        again_at=work.run_after if work.reason_words else None,
        is_dead=work.state == WorkState.DEAD,
    )
