"""What is being written, an assessment or a plan: what its author typed so far, whole or not."""

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


class PlanDraft(models.Model):
    """The editor of a risk's plan as its author left it, the first plan or a further version of it.

    Nothing of it is part of the plan until it is kept there, so that it neither takes back what waits nor
    makes anybody an author. `typed` are the values of each field of the page, by name; among them what
    the editor opened with, by which a later save tells what others changed meanwhile.
    """

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="+", verbose_name=_("risk"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    typed = models.JSONField(_("text"), default=dict)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("draft of a plan")
        constraints = [
            models.UniqueConstraint(
                fields=["author", "risk"], name="one_plan_draft_per_risk_and_author"
            )
        ]

    def __str__(self) -> str:
        return str(self.risk)

    @property
    def plan_version(self) -> str:
        """The row version of the plan that the editor opened; empty for a first plan."""
        return "".join(self.typed.get("row_version", []))
