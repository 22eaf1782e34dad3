from django.db import models
from django.utils import timezone

from riskhub.work.choices import WorkReason, WorkState
from riskhub.work.querysets import WorkQuerySet
from riskhub.work.registry import name_of


class Work(models.Model):
    """One thing that is owed, written in the transaction that owes it. `payload` holds ids only."""

    kind = models.CharField(max_length=60)
    dedupe = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    run_after = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=4, choices=WorkState.choices, default=WorkState.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    reason = models.CharField(
        max_length=7, blank=True, default="", db_default="", choices=WorkReason.choices
    )
    error = models.TextField(blank=True)
    progress = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["run_after", "id"], name="work_due", condition=models.Q(state=WorkState.DUE)
            ),
            models.Index(fields=["id"], name="work_dead", condition=models.Q(state=WorkState.DEAD)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.dedupe}"

    @property
    def name(self) -> str:
        """What kind of work it is, in words."""
        return name_of(self.kind)

    @property
    def reason_words(self) -> str:
        """Why its last attempt failed; empty where none did."""
        reason = self.reason or (WorkReason.FAULT if self.error else "")
        return str(WorkReason(reason).label) if reason else ""
