from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.bilingual import Named
from riskhub.accounts.choices import DepartmentKind, Role, Theme
from riskhub.accounts.querysets import (
    Accounts,
    DepartmentQuerySet,
    RoleAssignmentQuerySet,
)
from riskhub.accounts.roles import RoleSet
from riskhub.entry.columns import Line


class Department(Named):
    """A part of the company; `path` holds the ids from the root down, as `/3/17/`."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    path = models.CharField(max_length=255, editable=False, default="", db_index=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=DepartmentKind.choices, default=DepartmentKind.BUSINESS
    )
    head = models.ForeignKey(
        "User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("head")
    )
    is_active = models.BooleanField(_("active"), default=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="department_not_its_own_parent", condition=~models.Q(parent=models.F("id"))
            )
        ]


class User(AbstractUser):
    """Somebody who signs in. What they may do comes from their role assignments alone."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = Line(_("name"), max_length=100)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("department"),
    )
    locale = models.CharField(
        _("language"),
        max_length=10,
        default="zh-hans",
        choices=[("zh-hans", _("Simplified Chinese")), ("en", _("English"))],
    )
    theme = models.CharField(
        _("appearance"), max_length=5, choices=Theme.choices, default=Theme.AUTO
    )

    objects: ClassVar[Accounts] = Accounts()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_unique", condition=~models.Q(email="")
            )
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @cached_property
    def roles(self) -> RoleSet:
        """Read once per request: two queries, whatever the page asks afterwards."""
        rows: list[tuple[str, str | None]] = list(
            self.role_assignments.current().values_list("role", "department__path")
        )
        if self.is_superuser:
            rows.append((Role.ADMIN, None))
        return RoleSet.of(_cover(rows))


def _cover(rows: list[tuple[str, str | None]]) -> list[tuple[str, int | None]]:
    """Replace each department by itself and its children."""
    paths = {path for _role, path in rows if path}
    found: dict[str, list[int]] = {path: [] for path in paths}
    if paths:
        within = models.Q()
        for path in paths:
            within |= models.Q(path__startswith=path)
        for pk, inner in Department.objects.filter(within).values_list("pk", "path"):
            for root in paths:
                if inner.startswith(root):
                    found[root].append(pk)
    covered: list[tuple[str, int | None]] = []
    for role, root_path in rows:
        if root_path is None:
            covered.append((role, None))
        else:
            covered += [(role, pk) for pk in found[root_path]]
    return covered


def always() -> DateRange:
    """From today without an end: what a role gets where nobody says otherwise."""
    return DateRange(timezone.localdate(), None)


class RoleAssignment(models.Model):
    """A role for one department and its children, or (no department) for the whole company."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    department = models.ForeignKey(
        Department,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("department"),
    )
    valid = DateRangeField(_("valid"), default=always)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_assignment_valid_not_empty", condition=~models.Q(valid__isempty=True)
            )
        ]
        indexes = [models.Index(fields=["user", "role"], name="role_assignment_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    def holds_on(self, day: date) -> bool:
        return day in self.valid


class Token(models.Model):
    """A key for the API, kept as its hash; it may do what its user may do."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = Line(_("name"), max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} {self.name}"
