"""To whom a risk is passed on: an insurance policy, a contract clause, a supplier."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registers.choices import TRANSFER_NEXT_STATES, TransferState
from registers.transfer_querysets import TransferQuerySet
from riskhub.accounts.bilingual import Named
from riskhub.entry.columns import Code, Day, Prose
from riskhub.entry.days import PLANNED

SOON = (7, 30, 60)
"""Within so many days its end is announced."""


class Transfer(Named):
    """What is the same of the three: a code, a name, and until when it holds. Of the whole company."""

    client_uuid = models.UUIDField(null=True, unique=True, editable=False)
    code = Code(_("code"), max_length=40, unique=True)
    valid_until = Day(
        _("valid until"), span=PLANNED, null=True, blank=True, help_text=_("Empty: without an end.")
    )
    note = Prose(_("note"), blank=True)
    state = models.CharField(
        max_length=6, choices=TransferState.choices, default=TransferState.ACTIVE
    )
    renewals = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    """How often it was taken into use again, or prolonged after its end: each end counts for itself."""
    row_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    kind: ClassVar[str]
    next_states: ClassVar[Mapping[str, frozenset[str]]] = TRANSFER_NEXT_STATES
    objects = TransferQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                Upper("code"),
                name="%(class)s_code_once",
                violation_error_message=_("This code is taken. Choose another one."),
            ),
            models.CheckConstraint(
                name="%(class)s_state_known",
                condition=models.Q(state__in=TransferState.values),
            ),
        ]

    @property
    def key(self) -> str:
        """By which addresses name it: `policy:P-2026-7`."""
        return f"{self.kind}:{self.code}"

    @property
    def days_left(self) -> int | None:
        """Until the last day on which it holds; below 0 once that has passed, None without an end."""
        return self.days_left_on(timezone.localdate())

    def days_left_on(self, today: date) -> int | None:
        return None if self.valid_until is None else (self.valid_until - today).days

    @property
    def is_expired(self) -> bool:
        left = self.days_left
        return left is not None and left < 0

    @property
    def is_in_force(self) -> bool:
        return self.state == TransferState.ACTIVE and not self.is_expired

    @property
    def ends_within(self) -> int | None:
        """7, 30 or 60 days, the nearest of them; None where its end is further away or has passed."""
        left = self.days_left
        if left is None or left < 0:
            return None
        return next((days for days in SOON if left <= days), None)


class InsurancePolicy(Transfer):
    kind = "policy"

    class Meta(Transfer.Meta):
        verbose_name = _("insurance policy")


class ContractClause(Transfer):
    kind = "clause"

    class Meta(Transfer.Meta):
        verbose_name = _("contract clause")


class Supplier(Transfer):
    """A third party that does part of the work."""

    kind = "supplier"

    class Meta(Transfer.Meta):
        verbose_name = _("supplier")


TRANSFERS: dict[str, type[Transfer]] = {
    model.kind: model for model in (InsurancePolicy, ContractClause, Supplier)
}
