"""Who may answer for what belongs to a department: for whole lists of them, in one query."""

from collections.abc import Iterable

from registers.querysets import OWNERS
from riskhub.accounts.models import Department, RoleAssignment, User


def owners_by_department(departments: Iterable[Department], *, but: User) -> dict[int, list[User]]:
    """{department: those who may take over from `but` there, by name}."""
    held = (
        RoleAssignment.objects.current()
        .filter(role__in=OWNERS, user__is_active=True)
        .exclude(user=but)
        .select_related("user", "department")
        .order_by("user__display_name", "user")
    )
    rows = [(row.user, row.department.path if row.department else "/") for row in held]
    return {
        department.pk: list(
            dict.fromkeys(user for user, path in rows if department.path.startswith(path))
        )
        for department in departments
    }
