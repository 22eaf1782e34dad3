"""Who sees which complaints, and the words by which they are filtered."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from incidents.choices import OVER
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User

if TYPE_CHECKING:
    from incidents.models import Complaint  # noqa: F401 - named in quotes

READERS = (Role.RISK_MANAGER, Role.CUSTOMER_SERVICE, Role.AUDITOR, Role.APPROVER)


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, user: User) -> Self:
        """All for whoever reads them in the whole company; else those of one's departments, and one's own."""
        if user.roles.everywhere(*READERS):
            return self.all()
        ids = user.roles.department_ids(*READERS, Role.DEPARTMENT_HEAD)
        return self.filter(Q(department__in=ids) | Q(handler=user))

    def open(self) -> Self:
        return self.exclude(state__in=OVER)
