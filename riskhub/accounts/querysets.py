from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.auth.models import UserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from riskhub.accounts.choices import Role
from riskhub.entry.texts import capitals
from riskhub.prepared import Given

if TYPE_CHECKING:
    from riskhub.accounts.models import (
        ApprovalDelegation,
        Department,
        RoleAssignment,
        User,
    )


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """Everybody, for whoever has a part in the whole company; else oneself and one's departments."""
        if user.roles.everywhere(*Role.values):
            return self.all()
        ids = user.roles.department_ids(*Role.values)
        return self.filter(models.Q(pk=user.pk) | models.Q(department__in=ids))

    def named(self, text: str, *, or_reached_at: bool = False) -> Self:
        """By any part of the name or the sign-in name; `or_reached_at`: of the address or telephone, too.

        Only for whoever reads these in full: what is masked could be found out piece by piece.
        """
        found = models.Q(display_name__icontains=text) | models.Q(username__icontains=text)
        if or_reached_at:
            found |= models.Q(email__icontains=text) | models.Q(phone__icontains=text)
        return self.filter(found)

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

    def deciding_by(self, *roles: str) -> Self:
        """Active users who hold one of the roles today, or stand in for somebody who does."""
        held = self.model._default_manager.holding(*roles).values("pk")
        lent = apps.get_model("accounts", "ApprovalDelegation")._default_manager.filter(
            revoked_at=None, period__contains=timezone.localdate(), from_user__in=held
        )
        return self.active().filter(models.Q(pk__in=held) | models.Q(pk__in=lent.values("to_user")))

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

    def deciding_by(self, *roles: str) -> UserQuerySet:
        return self.get_queryset().deciding_by(*roles)


class DelegationQuerySet(models.QuerySet["ApprovalDelegation"]):
    def visible_to(self, user: "User") -> Self:
        """One's own, given or taken; all of them, for whoever looks after the whole company."""
        if user.roles.everywhere(Role.ADMIN, Role.RISK_MANAGER, Role.AUDITOR):
            return self.all()
        return self.filter(models.Q(from_user=user) | models.Q(to_user=user))

    def current(self, on: date | Given | None = None) -> Self:
        """Those that hold on the day (today by the company's calendar)."""
        return self.filter(revoked_at=None, period__contains=on or timezone.localdate())

    def lent_to(self, user: "User") -> list["ApprovalDelegation"]:
        """In whose name the user decides today, for a page that says so; no query where in nobody's."""
        if not user.stands_in_for:
            return []
        found = self.current().filter(to_user=user, from_user__in=user.stands_in_for)
        return list(found.select_related("from_user").order_by("period", "pk"))

    def unfinished(self) -> Self:
        """Those that hold today or will."""
        return self.filter(revoked_at=None, period__endswith__gt=timezone.localdate())


class DepartmentQuerySet(models.QuerySet["Department"]):
    def within(self, department: "Department") -> Self:
        """It and everything below it."""
        return self.filter(path__startswith=department.path)

    def names_in_use(self) -> list[tuple[str, str, str]]:
        """Of the active ones: code and both names."""
        return list(self.filter(is_active=True).values_list("code", "name_zh", "name_en"))

    def with_people(self) -> Self:
        """`people`: how many of them sign in, in it and in its parts."""
        users = apps.get_model("accounts", "User")._default_manager.filter(is_active=True)
        within = users.filter(department__path__startswith=models.OuterRef("path"))
        counted = within.order_by().annotate(all=models.Func("pk", function="count"))
        return self.annotate(people=models.Subquery(counted.values("all")))

    def with_heads(self) -> Self:
        """`heads`: the names of those who head it by their role, for where nobody is named as its head."""
        held = apps.get_model("accounts", "RoleAssignment")._default_manager.current()
        names = held.filter(
            department=models.OuterRef("pk"), role=Role.DEPARTMENT_HEAD, user__is_active=True
        ).values_list(Coalesce(NullIf("user__display_name", models.Value("")), "user__username"))
        return self.annotate(heads=ArraySubquery(names.order_by("user__display_name", "user")))

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
    def acting_for(
        self, user: "User | Given", lent: Collection[str], on: date | Given | None = None
    ) -> Self:
        """The user's own, and of those they stand in for that day the ones that go over (`lent`)."""
        delegations = apps.get_model("accounts", "ApprovalDelegation")._default_manager
        absent = delegations.current(on).filter(to_user=user, from_user__is_active=True)
        return self.current(on).filter(
            models.Q(user=user) | models.Q(user__in=absent.values("from_user"), role__in=lent)
        )

    def administering(self, on: date | None = None) -> Self:
        """By which somebody who can sign in administers the company, with no end in sight."""
        held = self.current(on).filter(role=Role.ADMIN, department=None, user__is_active=True)
        return held.filter(valid__upper_inf=True)

    def covering(self) -> "models.QuerySet[RoleAssignment, tuple[int, str, int | None, list[int]]]":
        """Who, role, department (None: everywhere), and the ids of that department and all below."""
        departments = apps.get_model("accounts", "Department")._default_manager
        within = departments.filter(path__startswith=models.OuterRef("department__path"))
        covered = self.annotate(covered=ArraySubquery(within.order_by().values("pk")))
        return covered.values_list("user", "role", "department", "covered")

    def current(self, on: date | Given | None = None) -> Self:
        """Those valid on the day (today by the company's calendar)."""
        return self.filter(valid__contains=on or timezone.localdate())
