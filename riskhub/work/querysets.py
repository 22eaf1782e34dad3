from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from riskhub.work.choices import WorkState


class WorkQuerySet(models.QuerySet["Work"]):
    def dead(self) -> Self:
        """Given up after the last attempt: a person must look."""
        return self.filter(state=WorkState.DEAD)

    def claimable(self, now: datetime) -> Self:
        """Due, and not under somebody's running lease."""
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        return self.filter(free, state=WorkState.DUE, run_after__lte=now)

    def overdue(self, since: datetime) -> Self:
        return self.filter(state=WorkState.DUE, run_after__lt=since)
