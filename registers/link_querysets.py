"""Which links between risks one sees: those of which one sees both ends."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from registers.querysets import risk_scope
from riskhub.accounts.models import User

if TYPE_CHECKING:
    from registers.models import Risk, RiskLink  # noqa: F401 - named in quotes


class RiskLinkQuerySet(models.QuerySet["RiskLink"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk_scope(user, "from_risk__"), risk_scope(user, "to_risk__"))

    def of(self, risk: "Risk") -> Self:
        return self.filter(Q(from_risk=risk) | Q(to_risk=risk))

    def holding(self) -> Self:
        """Not ended, and of no risk that was taken back."""
        return self.filter(ended_at=None, from_risk__is_undone=False, to_risk__is_undone=False)

    def with_risks(self) -> Self:
        """With both ends, as a list shows them."""
        return self.select_related("from_risk__owner_department", "to_risk__owner_department")
