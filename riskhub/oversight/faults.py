"""What a verification found, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from riskhub.audit.chain import FaultKind
from riskhub.audit.models import AuditEvent
from riskhub.oversight.actors import actor_words


@dataclass(frozen=True)
class Verdict:
    """One verification; `event` is the broken one where it is there to be looked at."""

    at: datetime
    actor: str
    events: int
    head: str
    fault: str
    event: int | None


def verdict_of(event: AuditEvent) -> Verdict:
    """Of an `audit.verified` event."""
    kept = event.after or {}
    broken = kept.get("broken") or {}
    is_there = broken.get("kind") in (FaultKind.CHANGED, FaultKind.SLIPPED_IN)
    return Verdict(
        at=event.at,
        actor=actor_words(event.actor_name),
        events=int(kept.get("events", 0)),
        head=str(kept.get("head", "")),
        fault=fault_words(kept),
        event=broken.get("event") if is_there else None,
    )


def fault_words(kept: Mapping[str, Any]) -> str:
    """Of the details of a verification: the first broken place, or nothing."""
    broken = kept.get("broken")
    if not broken:
        return str(kept.get("fault", ""))
    sentences = {
        FaultKind.NO_SEAL: _("Seal %(seal)s is missing."),
        FaultKind.NO_EVENT: _("Event %(event)s, which seal %(seal)s stands for, is missing."),
        FaultKind.NO_LINK: _("Seal %(seal)s does not follow the one before it."),
        FaultKind.CHANGED: _(
            "Event %(event)s is not what seal %(seal)s stands for: it was changed."
        ),
        FaultKind.SLIPPED_IN: _("Event %(event)s was put in behind the last seal."),
    }
    return str(sentences[FaultKind(broken["kind"])] % broken)
