"""Who sees which rows, and the business words by which rows are filtered."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from registers.choices import OPEN_STATES, Level, ProposalState
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User

if TYPE_CHECKING:
    from registers.models import Register, Risk, RiskProposal  # noqa: F401 - named in quotes

# Held company-wide these see every risk; held for a department, that department and its children.
READERS = (
    Role.RISK_MANAGER, Role.DEPARTMENT_HEAD, Role.STAFF, Role.CUSTOMER_SERVICE, Role.APPROVER,
    Role.FINANCE, Role.AUDITOR, Role.ADMIN,
)  # fmt: skip


def risk_scope(user: User, prefix: str = "") -> Q:
    """The condition under which a row is the user's to see; `prefix` leads to the risk (`risk__`)."""
    if user.roles.everywhere(*READERS):
        return Q()
    ids = user.roles.department_ids(*READERS)
    return Q(**{f"{prefix}owner_department__in": ids}) if ids else Q(pk__in=[])


class RiskQuerySet(models.QuerySet["Risk"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk_scope(user))

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def in_ranking(self) -> Self:
        """The one order of lists, API and reports."""
        return self.order_by("rank_key")

    def above_appetite(self) -> Self:
        return self.open().filter(residual_level__gte=Level.HIGH)

    def without_plan(self) -> Self:
        """Above the appetite line and nobody has written a plan."""
        return self.above_appetite().filter(plan_state="")

    def review_overdue(self, today: date) -> Self:
        return self.open().filter(next_review_on__lt=today)

    def owned_by(self, user: User) -> Self:
        return self.filter(owner=user)

    def matching(self, text: str) -> Self:
        """Every typed word is there; two Chinese characters are enough, R2 finds R002."""
        return self.filter(search__holds=text)


class RegisterQuerySet(models.QuerySet["Register"]):
    def visible_to(self, user: User) -> Self:
        """The registers of covered departments, and those in which one sees a risk."""
        if user.roles.everywhere(*READERS):
            return self.all()
        ids = user.roles.department_ids(*READERS)
        return self.filter(Q(department__in=ids) | Q(risks__owner_department__in=ids)).distinct()

    def active(self) -> Self:
        return self.filter(state="active")


class ProposalQuerySet(models.QuerySet["RiskProposal"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and for those who decide or supervise the ones of their departments."""
        deciders = (Role.RISK_MANAGER, Role.AUDITOR)
        if user.roles.everywhere(*deciders):
            return self.all()
        heads = user.roles.department_ids(Role.DEPARTMENT_HEAD, *deciders)
        return self.filter(Q(submitter=user) | Q(department__in=heads))

    def waiting(self) -> Self:
        return self.filter(state=ProposalState.SUBMITTED)
