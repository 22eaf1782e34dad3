"""How much service there was: what rates per 1,000 orders are counted from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registers.models import ServiceLine
from riskhub.entry.columns import Line

BY_HAND = ""


class ExposureMonth(models.Model):
    """Orders of a service line in one month; days of care and of staff are None where nobody counted them.

    `month` is its first day. `origin` names the system that the figures come from, empty where somebody
    typed them.
    """

    service_line = models.ForeignKey(
        ServiceLine, models.PROTECT, related_name="exposure", verbose_name=_("service line")
    )
    month = models.DateField(_("month"))
    orders = models.PositiveIntegerField(_("orders"))
    care_days = models.PositiveIntegerField(_("days of care"), null=True, blank=True)
    staff_days = models.PositiveIntegerField(_("days of staff"), null=True, blank=True)
    origin = Line(_("origin"), max_length=40, blank=True, default=BY_HAND)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("orders of a month")
        ordering = ["-month", "service_line__order", "service_line__code"]
        constraints = [
            models.UniqueConstraint(fields=["service_line", "month"], name="exposure_once_a_month"),
            models.CheckConstraint(name="exposure_month_begins", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.service_line.name} {self.month:%Y-%m}"

    @property
    def code(self) -> str:
        """The same in every language."""
        return f"{self.service_line.code} {self.month:%Y-%m}"
