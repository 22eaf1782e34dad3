from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incidents.choices import ClauseOutcome
from incidents.models.complaint import Complaint
from registers.models import ContractClause

_USER: Any = settings.AUTH_USER_MODEL


class ComplaintClause(models.Model):
    """Whether a clause of the contract helped in the dispute, or failed (R-59)."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="clauses")
    clause = models.ForeignKey(
        ContractClause, models.PROTECT, related_name="disputes", verbose_name=_("contract clause")
    )
    outcome = models.CharField(_("outcome"), max_length=6, choices=ClauseOutcome.choices)
    noted_by = models.ForeignKey(_USER, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("clause of a dispute")
        constraints = [
            models.UniqueConstraint(fields=["complaint", "clause"], name="complaint_clause_once"),
            models.CheckConstraint(
                name="complaint_clause_outcome_known",
                condition=models.Q(outcome__in=ClauseOutcome.values),
            ),
        ]
        indexes = [models.Index(fields=["noted_at"], name="complaint_clause_noted")]

    def __str__(self) -> str:
        return f"{self.complaint.code} {self.clause.code}"
