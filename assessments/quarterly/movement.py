"""How the register came from the start to the end of the quarter, so that the parts add up.

A risk knows only its last closing. Of one that was opened again, the audit tells when it was
closed before: each reopening event carries the day of that closing.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Q

from assessments.quarterly.frame import Frame
from assessments.quarterly.schema import MovementPart
from registers.choices import ProposalState, RiskState
from registers.models import Risk, RiskProposal
from riskhub.audit.models import AuditEvent

Closed = tuple[datetime, datetime | None]
"""From when, and until when, or None where it is closed still."""


def movement(frame: Frame) -> MovementPart:
    """open_at_start + new + reopened - closed - merged == open_at_end, whatever happened between."""
    reopenings = _reopenings(frame)
    counts = _counted(frame, reopenings) if reopenings else dict.fromkeys(_KINDS, 0)
    others = Risk.objects.counted().exclude(pk__in=reopenings).filter(accepted_at__lt=frame.end)
    counted = others.aggregate(
        open_at_start=Count("pk", Q(accepted_at__lt=frame.start) & _open_at(frame.start)),
        open_at_end=Count("pk", _open_at(frame.end)),
        new=Count("pk", Q(accepted_at__gte=frame.start)),
        closed=Count("pk", _gone(frame) & ~Q(state=RiskState.MERGED)),
        merged=Count("pk", _gone(frame) & Q(state=RiskState.MERGED)),
    )
    filed = RiskProposal.objects.filter(submitted_at__gte=frame.start, submitted_at__lt=frame.end)
    return {
        "open_at_start": counts["open_at_start"] + counted["open_at_start"],
        "open_at_end": counts["open_at_end"] + counted["open_at_end"],
        "new": counts["new"] + counted["new"],
        "closed": counts["closed"] + counted["closed"],
        "merged": counts["merged"] + counted["merged"],
        "reopened": counts["reopened"],
        "proposals": filed.count(),
        "proposals_accepted": filed.filter(state=ProposalState.ACCEPTED).count(),
    }


_KINDS = ("open_at_start", "open_at_end", "new", "closed", "merged", "reopened")


def _open_at(moment: datetime) -> Q:
    return Q(closed_at=None) | Q(closed_at__gte=moment)


def _gone(frame: Frame) -> Q:
    return Q(closed_at__gte=frame.start, closed_at__lt=frame.end)


def _reopenings(frame: Frame) -> dict[int, list[Closed]]:
    """Risk -> when it was closed, for those that were opened again since the quarter began."""
    events = AuditEvent.objects.filter(
        object_type="registers_risk", action="risk.reopened", at__gte=frame.start
    ).values_list("object_id", "before", "at")
    found: dict[int, list[Closed]] = defaultdict(list)
    for key, before, at in events:
        if before and before.get("closed_at"):
            found[int(key)].append((datetime.fromisoformat(before["closed_at"]), at))
    return dict(found)


def _counted(frame: Frame, reopenings: Mapping[int, list[Closed]]) -> dict[str, int]:
    counts = dict.fromkeys(_KINDS, 0)
    for risk in Risk.objects.counted().filter(pk__in=reopenings, accepted_at__lt=frame.end):
        closings = [*reopenings[risk.pk], *([(risk.closed_at, None)] if risk.closed_at else [])]
        is_new = risk.accepted_at >= frame.start
        was_open = not is_new and not _closed_since(closings, frame.start)
        gone_at = _closed_since(closings, frame.end)
        is_gone = gone_at is not None and gone_at >= frame.start
        counts["open_at_start"] += was_open
        counts["open_at_end"] += gone_at is None
        counts["new"] += is_new
        counts["merged" if risk.state == RiskState.MERGED else "closed"] += is_gone
        counts["reopened"] += not (is_new or was_open) and (gone_at is None or is_gone)
    return counts


def _closed_since(closings: list[Closed], moment: datetime) -> datetime | None:
    """When the closing began that holds just before this moment, or None where it is open then."""
    holding = (start for start, end in closings if start < moment and (not end or end >= moment))
    return next(holding, None)
