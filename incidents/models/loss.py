from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.incidents.choices import RECOVERIES, LossKind, LossState
from incidents.incidents.querysets import LossQuerySet
from incidents.models.complaint import Complaint
from incidents.models.incident import Incident
from riskhub.entry.columns import Prose


class LossEntry(models.Model):
    """What an incident or a complaint cost, or what came back of it, in yuan. Unknown is no row, never 0."""

    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="losses"
    )
    complaint = models.ForeignKey(
        Complaint, models.PROTECT, null=True, blank=True, related_name="losses"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=LossKind.choices)
    amount = models.DecimalField(_("amount, CNY"), max_digits=14, decimal_places=2)
    state = models.CharField(
        _("how sure"), max_length=8, choices=LossState.choices, default=LossState.ESTIMATE
    )
    booked_on = models.DateField(_("booked on"))
    note = Prose(_("note"), max_length=500, blank=True)
    withdrawn_reason = Prose(_("why it was taken back"), max_length=500, blank=True)
    client_uuid = models.UUIDField(unique=True)
    row_version = models.PositiveIntegerField(default=1)

    objects = LossQuerySet.as_manager()

    class Meta:
        verbose_name = _("loss")
        constraints = [
            models.CheckConstraint(name="loss_amount_above_zero", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="loss_of_one_thing",
                condition=Q(incident=None, complaint__isnull=False)
                | Q(incident__isnull=False, complaint=None),
            ),
        ]
        indexes = [
            models.Index(fields=["incident", "id"], name="loss_of_incident"),
            models.Index(fields=["complaint", "id"], name="loss_of_complaint"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"

    @property
    def is_recovery(self) -> bool:
        return self.kind in RECOVERIES
