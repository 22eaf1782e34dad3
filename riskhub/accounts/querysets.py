from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.auth.models import UserManager
from django.db import models
from django.utils import timezone

from riskhub.accounts.choices import Role
from riskhub.entry.texts import capitals

if TYPE_CHECKING:
    from riskhub.accounts.models import Department, RoleAssignment, User  # noqa: F401 - named in quotes


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """Everybody, for whoever has a part in the whole company; else oneself and one's departments."""
        if user.roles.everywhere(*Role.values):
            return self.all()
        ids = user.roles.department_ids(*Role.values)
        return self.filter(models.Q(pk=user.pk) | models.Q(department__in=ids))

    def named(self, text: str) -> Self:
        """By any part of the name, the sign-in name, the address or the telephone."""
        return self.filter(
            models.Q(display_name__icontains=text)
            | models.Q(username__icontains=text)
            | models.Q(email__icontains=text)
            | models.Q(phone__icontains=text)
        )

    def active(self) -> Self:
        return self.filter(is_active=True)

    def belonging_to(self, department: "Department") -> Self:
        """Its members and those of its parts."""
        return self.filter(department__path__startswith=department.path)

    def holding_now(self, roles: Iterable[str], *, or_none: bool = False) -> Self:
        """With one of the roles today, whether they can sign in or not; `or_none`: or with no role."""
        held = apps.get_model("accounts", "RoleAssignment")._default_manager.filter(
            user=models.OuterRef("pk"), valid__contains=timezone.localdate()
        )
        condition = models.Q(models.Exists(held.filter(role__in=list(roles))))
        return self.filter(condition | ~models.Exists(held) if or_none else condition)

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

    def visible_to(self, user: "User") -> UserQuerySet:
        return self.get_queryset().visible_to(user)

    def active(self) -> UserQuerySet:
        return self.get_queryset().active()

    def holding(self, *roles: str, on: date | None = None) -> UserQuerySet:
        return self.get_queryset().holding(*roles, on=on)


class DepartmentQuerySet(models.QuerySet["Department"]):
    def within(self, department: "Department") -> Self:
        """It and everything below it."""
        return self.filter(path__startswith=department.path)

    def with_strange_heads(self) -> Self:
        """Those whose head belongs neither to them nor to a part of them."""
        belongs = models.Q(head__department__path__startswith=models.F("path"))
        return self.exclude(head=None).exclude(belongs)

    def coded(self, code: str) -> Self:
        """The one department of this code, however it is written."""
        return self.filter(code__iexact=capitals(code))

    def active(self) -> Self:
        return self.filter(is_active=True)


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def administering(self, on: date | None = None) -> Self:
        """By which somebody who can sign in administers the company, with no end in sight."""
        held = self.current(on).filter(role=Role.ADMIN, department=None, user__is_active=True)
        return held.filter(valid__upper_inf=True)

    def current(self, on: date | None = None) -> Self:
        """Those valid on the day (today by the company's calendar)."""
        return self.filter(valid__contains=on or timezone.localdate())
