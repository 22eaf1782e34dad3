from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.choices import ResourceKind
from assessments.models.plan import PlanVersion, ResponsePlan
from assessments.querysets import ResourceQuerySet
from riskhub.entry.columns import Line


class ResourceLine(models.Model):
    """What a version asked for and what was granted, from the moment it comes into force.

    `key` is the line's identity across versions. Amounts of money are CNY.
    """

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="resources")
    key = models.CharField(max_length=36)
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=9, choices=ResourceKind.choices)
    what = Line(_("what for"), max_length=200)
    amount = models.DecimalField(_("asked for"), max_digits=14, decimal_places=2)
    unit = Line(_("unit"), max_length=20, blank=True)
    granted = models.DecimalField(_("granted"), max_digits=14, decimal_places=2)
    granted_note = Line(_("note on what is granted"), max_length=300, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource of a plan")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="resource_line_once"),
            models.CheckConstraint(
                name="resource_granted_at_most_asked",
                condition=Q(amount__gt=0, granted__gte=0)
                & (Q(granted__lte=F("amount")) | ~Q(granted_note="")),
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Spending(models.Model):
    """What was used of a granted resource: entries add up, a wrong one is taken back by a negative one."""

    plan = models.ForeignKey(ResponsePlan, models.PROTECT, related_name="spendings")
    key = models.CharField(max_length=36)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    note = Line(_("note"), max_length=300, blank=True)
    spent_on = models.DateField(_("day"), default=timezone.localdate)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now)
    client_uuid = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("spending")
        ordering = ["spent_on", "pk"]
        constraints = [models.CheckConstraint(name="spending_is_not_zero", condition=~Q(amount=0))]

    def __str__(self) -> str:
        return f"{self.plan} {self.amount}"
