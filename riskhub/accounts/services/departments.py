"""The tree of departments."""

from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting


def create_department(
    *,
    by: User | None,
    code: str,
    name_zh: str,
    name_en: str = "",
    kind: str = "business",
    parent: Department | None = None,
) -> Department:
    with acting(by, "department.created"):
        department = Department(
            code=code, name_zh=name_zh, name_en=name_en, kind=kind, parent=parent
        )
        department.full_clean(exclude=["path"])
        department.save()
        department.path = f"{parent.path if parent else '/'}{department.pk}/"
        department.save(update_fields=["path"])
        return department
