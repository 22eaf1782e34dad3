from collections.abc import Collection
from functools import cached_property
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.choices import LENT, Role, Theme
from riskhub.accounts.models.department import Department
from riskhub.accounts.querysets import Accounts
from riskhub.accounts.roles import RoleSet
from riskhub.entry.columns import Line
from riskhub.prepared import Given, Prepared


def _held_by_one() -> "models.QuerySet[Any, Any]":
    assignments = apps.get_model("accounts", "RoleAssignment")._default_manager
    user, today = Given("user", models.BigIntegerField()), Given("today", models.DateField())
    return assignments.acting_for(user, LENT, today).covering()


_HELD = Prepared(_held_by_one)
"""Asked by each request of somebody who has signed in."""


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

    # Sessions and sign-in links of a former series are over.
    session_series = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    # When the newest sign-in link was made: older ones no longer work.
    link_made_at = models.DateTimeField(null=True, editable=False)
    row_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects: ClassVar[Accounts] = Accounts()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                condition=~models.Q(email=""),
                violation_error_message=_("Somebody else has this address already."),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    def clean(self) -> None:
        """People take no notice of capitals."""
        super().clean()
        others = User.objects.get_queryset().exclude(pk=self.pk)
        if others.filter(username__iexact=self.username).exists():
            words = _("Somebody else signs in by this name already.")
            raise ValidationError({"username": words})

    def get_absolute_url(self) -> str:
        return reverse("accounts:person_detail", args=[self.pk])

    def get_session_auth_hash(self) -> str:
        """Another password or another series ends every session."""
        key = f"{self.password}:{self.session_series}"
        return salted_hmac("riskhub.accounts.session", key, algorithm="sha256").hexdigest()

    @cached_property
    def roles(self) -> RoleSet:
        """The user's own. Read once per request, in one query, whatever the page asks afterwards."""
        return RoleSet.of(self._held.get(self.pk, []))

    @cached_property
    def stands_in_for(self) -> dict[int, RoleSet]:
        """By the key of each whose decisions are the user's today: the roles by which they are."""
        others = sorted(self._held.keys() - {self.pk})
        return {pk: RoleSet.of(self._held[pk]) for pk in others}

    @cached_property
    def deciding_roles(self) -> RoleSet:
        """Own ones and those of whom the user stands in for: for deciding, and for seeing on what."""
        return RoleSet.of(row for rows in self._held.values() for row in rows)

    def acts_as(
        self, department_id: int | None, *roles: str, but: Collection[int | None] = ()
    ) -> int | None:
        """By whose role this user decides here: the key of the person; None where they may not.

        Their own, or that of one they stand in for who is not among `but`.
        """
        if self.roles.covers(department_id, *roles):
            return self.pk
        lent = self.stands_in_for.items()
        return next(
            (pk for pk, held in lent if pk not in but and held.covers(department_id, *roles)), None
        )

    @cached_property
    def _held(self) -> dict[int, list[tuple[str, int | None]]]:
        """By whose right, the role and each department that it covers."""
        held = _HELD.rows(user=self.pk, today=timezone.localdate())
        rows: dict[int, list[tuple[str, int | None]]] = {}
        for user, role, department, covered in held:
            pks = [None] if department is None else covered
            rows.setdefault(user, []).extend((role, pk) for pk in pks)
        if self.is_superuser:
            rows.setdefault(self.pk, []).append((Role.ADMIN, None))
        return rows
