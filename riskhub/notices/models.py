from django.conf import settings
from django.db import models
from django.utils import timezone

from riskhub.notices.kinds import title_of
from riskhub.notices.querysets import NoticeQuerySet


class Notice(models.Model):
    """One thing told to one person; the same thing is told once (`dedupe`).

    Its words come from `kinds.TITLES` with `params`, so that it is read in the reader’s language.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    dedupe = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "dedupe"], name="notice_once_per_user")
        ]
        indexes = [models.Index(fields=["user", "-id"], name="notice_user")]

    def __str__(self) -> str:
        return f"{self.user}: {self.title}"

    @property
    def title(self) -> str:
        """In the active language."""
        return title_of(self.kind, self.params)
