from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import UserManager
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from riskhub.accounts.models import Department, RoleAssignment, User  # noqa: F401 - named in quotes


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def holding(self, *roles: str, on: date | None = None) -> Self:
        """Active users who hold one of the roles, for whatever department."""
        day = on or timezone.localdate()
        return (
            self.active()
            .filter(role_assignments__role__in=roles, role_assignments__valid__contains=day)
            .distinct()
        )


class Accounts(UserManager["User"]):
    """Django's user manager (create_user) with the words of our queryset."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def active(self) -> UserQuerySet:
        return self.get_queryset().active()

    def holding(self, *roles: str, on: date | None = None) -> UserQuerySet:
        return self.get_queryset().holding(*roles, on=on)


class DepartmentQuerySet(models.QuerySet["Department"]):
    def active(self) -> Self:
        return self.filter(is_active=True)


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def current(self, on: date | None = None) -> Self:
        """Those valid on the day (today by the company's calendar)."""
        return self.filter(valid__contains=on or timezone.localdate())
