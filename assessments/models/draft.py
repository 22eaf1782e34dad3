"""An assessment that is being written: what its author typed so far, whole or not."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registers.models import Risk


class AssessmentDraft(models.Model):
    """Kept apart from the assessments because it may hold anything: nothing counts until it is submitted.

    One for each risk and author, and nobody else reads it. `typed` are the fields of the form, by name.
    """

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="+", verbose_name=_("risk"))
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("assessed by")
    )
    typed = models.JSONField(_("text"), default=dict)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("draft of an assessment")
        constraints = [
            models.UniqueConstraint(
                fields=["assessor", "risk"], name="one_draft_per_risk_and_assessor"
            )
        ]

    def __str__(self) -> str:
        return str(self.risk)
