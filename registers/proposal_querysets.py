"""Who sees which filings and what is said about them, and the words by which they are filtered."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Max, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from registers.choices import ProposalState
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User

if TYPE_CHECKING:
    from registers.models import ProposalMessage, RiskProposal  # noqa: F401 - named in quotes


class ProposalQuerySet(models.QuerySet["RiskProposal"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and for those who decide or supervise the ones of their departments."""
        deciders = (Role.RISK_MANAGER, Role.AUDITOR)
        if user.roles.everywhere(*deciders):
            return self.all()
        heads = user.roles.department_ids(Role.DEPARTMENT_HEAD, *deciders)
        return self.filter(Q(submitter=user) | Q(department__in=heads))

    def filed_by(self, user: User) -> Self:
        """One's own; what was filed without a name is nobody's."""
        return self.filter(submitter=user)

    def for_filer(self) -> Self:
        """Newest first, with everything that became of it."""
        rows = self.select_related("risk", "decided_by", "department")
        messages = apps.get_model("registers", "ProposalMessage")._default_manager
        talk = Prefetch("messages", messages.select_related("author").order_by("pk"))
        return rows.prefetch_related(talk).order_by("-pk")

    def places(self) -> models.QuerySet[Any, Any]:
        """The places named in them, the last first."""
        named = self.exclude(place="").order_by().values("place").annotate(last=Max("pk"))
        return named.order_by("-last").values_list("place", flat=True)

    def waiting(self) -> Self:
        """For the risk manager to decide."""
        return self.filter(state=ProposalState.SUBMITTED)

    def since(self) -> Self:
        """`waits_since`: when it came in, or was answered."""
        said = apps.get_model("registers", "ProposalMessage")._default_manager
        newest = said.filter(proposal=OuterRef("pk")).order_by("-pk").values("said_at")[:1]
        return self.annotate(waits_since=Coalesce(Subquery(newest), "submitted_at"))

    def late(self, moment: datetime) -> Self:
        """They wait since before that moment."""
        return self.waiting().since().filter(waits_since__lt=moment)

    def asked(self) -> Self:
        """For the person who filed to answer."""
        return self.filter(state=ProposalState.NEED_INFO)


class ProposalMessageQuerySet(models.QuerySet["ProposalMessage"]):
    def visible_to(self, user: User) -> Self:
        """Those of the filings that the user sees."""
        filings = apps.get_model("registers", "RiskProposal")._default_manager
        return self.filter(proposal__in=filings.visible_to(user).values("pk"))
