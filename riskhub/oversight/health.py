"""How the background work stands: what was given up, what waits, and whether anybody works at all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from riskhub.work.models import Work
from riskhub.work.services import SWEEP

# The beat sweeps every 30 seconds: after this long nobody does.
SILENCE = timedelta(minutes=5)


@dataclass(frozen=True)
class WorkHealth:
    """`late` are due for longer than a worker needs to hear of them; `swept_at` None: never."""

    dead: int
    waiting: int
    late: int
    swept_at: datetime | None
    is_silent: bool


def work_health(now: datetime) -> WorkHealth:
    standing = Work.objects.standing(now - SILENCE, SWEEP)
    swept_at = standing["swept_at"]
    return WorkHealth(**standing, is_silent=swept_at is None or swept_at < now - SILENCE)
