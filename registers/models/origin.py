from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registers.choices import OriginKind
from registers.models.risk import Risk
from registers.querysets import OriginQuerySet


class RiskOrigin(models.Model):
    """What stands behind a risk; `ref_id` makes each origin count once.

    `details` keeps what a file said for itself (number, status, level): as text, never as our own.
    """

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="origins")
    kind = models.CharField(_("origin"), max_length=10, choices=OriginKind.choices)
    ref_id = models.CharField(max_length=100)
    label = models.CharField(_("name"), max_length=300, blank=True)
    details = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    objects = OriginQuerySet.as_manager()

    class Meta:
        verbose_name = _("origin")
        constraints = [
            models.UniqueConstraint(fields=["risk", "kind", "ref_id"], name="risk_origin_once")
        ]
        indexes = [models.Index(fields=["kind", "ref_id"], name="risk_origin_ref")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.label}"
