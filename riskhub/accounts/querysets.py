from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import UserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from riskhub.accounts.choices import Role

if TYPE_CHECKING:
    from riskhub.accounts.models import User

if TYPE_CHECKING:
    from riskhub.accounts.models import Department, RoleAssignment, User  # noqa: F401 - named in quotes


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def visible_to(self, user: "User") -> Self:
        """Whom one may name: the people of the departments that one's roles cover, and oneself."""
        if user.roles.everywhere(*Role.values):
            return self.all()
        ids = user.roles.department_ids(*Role.values)
        return self.filter(Q(department__in=ids) | Q(pk=user.pk))

    def holding(self, *roles: str, on: date | None = None) -> Self:
        """Active users who hold one of the roles, for whatever department."""
        day = on or timezone.localdate()
        return (
            self.active()
            .filter(role_assignments__role__in=roles, role_assignments__valid__contains=day)
            .distinct()
        )


class AccountManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's user manager (create_user) over our queryset."""


class DepartmentQuerySet(models.QuerySet["Department"]):
    def visible_to(self, user: "User") -> Self:
        """Those that one's roles cover, their children among them."""
        if user.roles.everywhere(*Role.values):
            return self.all()
        return self.filter(pk__in=user.roles.department_ids(*Role.values))

    def active(self) -> Self:
        return self.filter(is_active=True)


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def current(self, on: date | None = None) -> Self:
        """Those valid on the day (today by the company's calendar)."""
        return self.filter(valid__contains=on or timezone.localdate())
