from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User

if TYPE_CHECKING:
    from riskhub.imports.models import ImportMapping, ImportRun  # noqa: F401 - named in quotes


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def discarded(self, *, is_discarded: bool = True) -> Self:
        """Those that somebody put away, or the others."""
        return self.filter(state="discard") if is_discarded else self.exclude(state="discard")

    def waiting(self) -> Self:
        """Neither applied nor put away."""
        return self.filter(state__in=["uploaded", "applying", "failed"])

    def visible_to(self, user: User, into: Q) -> Self:
        """One's own, and those `into` what the user keeps; the auditor reads all."""
        if user.roles.everywhere(Role.AUDITOR):
            return self.all()
        return self.filter(Q(made_by=user) | into)


class ImportMappingQuerySet(models.QuerySet["ImportMapping"]):
    def visible_to(self, user: User, into: Q) -> Self:
        """Those `into` what the user keeps; the auditor reads all."""
        return self.all() if user.roles.everywhere(Role.AUDITOR) else self.filter(into)
