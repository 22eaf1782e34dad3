"""Roles are given for a time, to hold everywhere or for a department and its children."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, RoleAssignment, User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row


class LastAdministrator(ValidationError):  # noqa: N818 - reads as what it says
    """Nobody would be left who can give roles."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nobody else administers the company without an end. Give somebody else the role "
                "“Administrator” first."
            )
        )


def assign_role(
    user: User,
    *,
    by: User | None,
    role: str,
    department: Department | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> RoleAssignment:
    """`valid_until` is the first day on which the role no longer holds."""
    with acting(by, "role.assigned"):
        assignment = RoleAssignment(
            user=user,
            role=role,
            department=department,
            valid=DateRange(valid_from or timezone.localdate(), valid_until),
        )
        if role == Role.ADMIN and department:
            words = _("An administrator is one for the whole company: choose no department.")
            raise ValidationError({"department": words})
        assignment.full_clean()
        lock_row(user)
        present = RoleAssignment.objects.filter(user=user, role=role, department=department)
        if present.filter(valid__overlap=assignment.valid).exists():
            raise ValidationError(_("This person holds the role at that time already."))
        assignment.save()
        return assignment


def end_role(assignment: RoleAssignment, *, by: User, last_on: date | None = None) -> None:
    """It holds until the end of `last_on`, or (None) no longer from now on; what never began is gone."""
    with acting(by, "role.ended"):
        lock_administrators()
        stored = lock_row(assignment)
        end = max(
            last_on + timedelta(days=1) if last_on else timezone.localdate(), stored.begins_on
        )
        if stored.valid.upper and end > stored.valid.upper:
            words = _("It ends on %(day)s already. To let it hold longer, give it again.")
            raise ValidationError({"last_on": words % {"day": stored.last_on}})
        _keep_administrator(stored, by)
        if end == stored.begins_on:
            stored.delete()
            return
        stored.valid = DateRange(stored.begins_on, end)
        stored.save(update_fields=["valid"])


def lock_administrators() -> None:
    """So that of two who remove each other the second sees what the first did."""
    holders = RoleAssignment.objects.filter(role=Role.ADMIN).values("user")
    list(User.objects.select_for_update().filter(pk__in=holders).order_by("pk").values_list("pk"))


def require_administrator_besides(user: User) -> None:
    """Raises LastAdministrator where none is left without this person. Lock them before."""
    if not RoleAssignment.objects.administering().exclude(user=user).exists():
        raise LastAdministrator


def _keep_administrator(assignment: RoleAssignment, by: User) -> None:
    if assignment.role != Role.ADMIN or assignment.department_id:
        return
    if assignment.user_id == by.pk:
        raise ValidationError(
            _("Nobody takes the role “Administrator” from themselves. Another administrator can.")
        )
    require_administrator_besides(assignment.user)
