"""Policies, clauses and suppliers: who reads them, and what holds on a day."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from registers.choices import TransferState
from registers.querysets import READERS
from riskhub.accounts.models import User
from riskhub.entry.texts import capitals

if TYPE_CHECKING:
    from registers.models.transfers import Transfer  # noqa: F401 - named in quotes


class TransferQuerySet(models.QuerySet["Transfer"]):
    """They belong to the whole company: whoever sees some risk reads all of them."""

    def visible_to(self, user: User) -> Self:
        return self.all() if user.deciding_roles.has(*READERS) else self.none()

    def coded(self, code: str) -> Self:
        """The one of this code, however it is written."""
        return self.filter(code__iexact=capitals(code))

    def active(self) -> Self:
        """Not ended by hand; the day is another question."""
        return self.filter(state=TransferState.ACTIVE)

    def in_force(self, day: date) -> Self:
        """What a risk can be passed on to that day, its last one included."""
        return self.active().filter(Q(valid_until=None) | Q(valid_until__gte=day))

    def expired(self, day: date) -> Self:
        """Its last day has passed, and nobody has ended or prolonged it."""
        return self.active().filter(valid_until__lt=day)

    def ending(self, day: date, *, within: int) -> Self:
        """In force, and its last day is at most so many days away."""
        return self.in_force(day).filter(valid_until__lte=day + timedelta(days=within))

    def in_order(self) -> Self:
        """What ends first stands first; what was ended stands last."""
        nearest = models.F("valid_until").asc(nulls_last=True)
        return self.order_by("state", nearest, "code")
