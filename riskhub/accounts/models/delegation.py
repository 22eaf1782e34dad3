from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.querysets import DelegationQuerySet
from riskhub.entry.columns import Line


class ApprovalDelegation(models.Model):
    """For a time somebody decides in the name of another: on plans and on assessments, nothing else.

    It ends by itself. Nobody has two stand-ins on one day, so it is clear who decides.
    """

    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_given",
        verbose_name=_("decides otherwise"),
    )  # fmt: skip
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_taken",
        verbose_name=_("stand-in"),
    )  # fmt: skip
    period = DateRangeField(_("period"))
    reason = Line(_("reason"), max_length=200)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("stand-in")
        constraints = [
            models.CheckConstraint(
                name="delegation_to_another", condition=~Q(from_user=F("to_user"))
            ),
            models.CheckConstraint(
                name="delegation_ends",
                condition=Q(
                    period__isempty=False, period__lower_inf=False, period__upper_inf=False
                ),
            ),
            models.CheckConstraint(name="delegation_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.from_user} → {self.to_user}"

    @property
    def begins_on(self) -> date:
        first: date = self.period.lower
        return first

    @property
    def last_on(self) -> date:
        """The last day on which it holds."""
        end: date = self.period.upper
        return end - timedelta(days=1)

    @property
    def standing(self) -> str:
        """`current`, `coming`, `over` or `revoked`."""
        today = timezone.localdate()
        if self.revoked_at:
            return "revoked"
        if self.begins_on > today:
            return "coming"
        return "current" if today in self.period else "over"

    @property
    def is_open(self) -> bool:
        return self.standing in {"current", "coming"}
