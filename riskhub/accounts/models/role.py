from datetime import date, timedelta

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.choices import Role
from riskhub.accounts.models.department import Department
from riskhub.accounts.models.user import User
from riskhub.accounts.querysets import RoleAssignmentQuerySet


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

    @property
    def name(self) -> str:
        """As in: Department head of Operations; the role alone where it holds everywhere."""
        if self.department is None:
            return self.get_role_display()
        words = _("%(role)s of %(department)s")
        return words % {"role": self.get_role_display(), "department": self.department.name}

    @property
    def begins_on(self) -> date:
        first: date = self.valid.lower
        return first

    @property
    def last_on(self) -> date | None:
        """The last day on which it holds; None where no end is set."""
        end: date | None = self.valid.upper
        return end - timedelta(days=1) if end else None

    @property
    def standing(self) -> str:
        """`current`, `coming` or `over`."""
        today = timezone.localdate()
        if self.holds_on(today):
            return "current"
        return "coming" if self.begins_on > today else "over"

    def holds_on(self, day: date) -> bool:
        return day in self.valid
