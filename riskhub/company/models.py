from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from riskhub.entry.columns import Line


class CompanySetting(models.Model):
    """One setting of the company; the keys and their defaults stand in `preferences`."""

    key = models.CharField(max_length=60, primary_key=True)
    value = models.JSONField()
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)

    def __str__(self) -> str:
        return self.key


class CalendarDay(models.Model):
    """A day that is worked, or not, against what its kind of day usually is."""

    day = models.DateField(_("day"), primary_key=True)
    is_worked = models.BooleanField(_("worked"))
    note = Line(_("note"), max_length=100, blank=True)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return self.day.isoformat()


class Sequence(models.Model):
    """A gap-free counter: the row is locked until the transaction that took a number commits."""

    key = models.CharField(max_length=60, primary_key=True)
    next = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.key}: {self.next}"
