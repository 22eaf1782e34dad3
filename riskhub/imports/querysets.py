from typing import Self

from django.db import models

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: User) -> Self:
        """One's own; the auditor reads all."""
        if user.roles.everywhere(Role.AUDITOR):
            return self.all()
        return self.filter(made_by=user)
