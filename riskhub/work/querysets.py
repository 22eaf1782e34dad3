from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Max, Q

from riskhub.work.choices import WorkState

if TYPE_CHECKING:
    from riskhub.work.models import Work  # noqa: F401 - named in quotes


class WorkQuerySet(models.QuerySet["Work"]):
    def dead(self) -> Self:
        """Given up after the last attempt: a person must look."""
        return self.filter(state=WorkState.DEAD)

    def free(self, now: datetime) -> Self:
        """Not under somebody's running lease."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lt=now))

    def claimable(self, now: datetime) -> Self:
        """Due, and free."""
        return self.free(now).filter(state=WorkState.DUE, run_after__lte=now)

    def standing(self, since: datetime, sweep: str) -> dict[str, Any]:
        """`dead`, `waiting`, `late` (overdue since then) and `swept_at`. Finished work is not touched."""
        named = Q(state__in=(WorkState.DUE, WorkState.DEAD)) | Q(dedupe=sweep)
        return self.filter(named).aggregate(
            swept_at=Max("done_at", filter=Q(dedupe=sweep)),
            dead=Count("pk", filter=Q(state=WorkState.DEAD)),
            waiting=Count("pk", filter=Q(state=WorkState.DUE)),
            late=Count("pk", filter=Q(state=WorkState.DUE, run_after__lt=since)),
        )

    def waiting(self) -> Self:
        """Due now or later, running ones included: the one that is next comes first."""
        return self.filter(state=WorkState.DUE).order_by("run_after", "id")
