"""The tree of departments."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from riskhub.accounts.bilingual import names_of, require_free_names
from riskhub.accounts.closing import Blocker, department_blockers
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.entry.texts import capitals

DEEPEST = 10


class DepartmentInUse(Exception):  # noqa: N818 - reads as what it says
    """Something is still open there."""

    def __init__(self, blockers: list[Blocker]) -> None:
        self.blockers = blockers
        super().__init__(" ".join(blocker.text for blocker in blockers))


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
        _lock_tree()
        department = Department(
            code=capitals(code), name_zh=name_zh, name_en=name_en, kind=kind, parent=parent
        )
        department.full_clean(exclude=["path"])
        require_free_names(department, Department.objects.names_in_use())
        _check_parent(department)
        department.save()
        department.refresh_from_db(fields=["path"])
        return department


def edit_department(
    department: Department,
    *,
    by: User,
    version: int | None,
    **fields: Any,  # noqa: ANN401 - model fields
) -> Department:
    """Names, kind, head, and what it is a part of: its own parts follow. The code stays."""
    with acting(by, "department.edited"):
        _lock_tree()
        stored = lock_version(department, version)
        before = names_of(stored)
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.full_clean(exclude=["path"])
        if stored.is_active:
            others = Department.objects.exclude(pk=stored.pk)
            require_free_names(stored, others.names_in_use(), before)
        if "parent" in fields:
            _check_parent(stored)
        save_fields(stored, **fields)
        stored.refresh_from_db(fields=["path"])
        check_heads()
        return stored


def close_department(department: Department, *, by: User) -> Department:
    """Offered no more; what happened there stays. Raises DepartmentInUse while anything is open."""
    with acting(by, "department.closed"):
        stored = lock_row(department)
        if blockers := department_blockers(stored):
            raise DepartmentInUse(blockers)
        return save_fields(stored, is_active=False)


def reopen_department(department: Department, *, by: User) -> Department:
    with acting(by, "department.reopened"):
        _lock_tree()
        stored = lock_row(department)
        if stored.parent and not stored.parent.is_active:
            words = _("It is a part of “%(name)s”, which is closed. Open that one first.")
            raise ValidationError(words % {"name": stored.parent.name})
        others = Department.objects.exclude(pk=stored.pk)
        require_free_names(stored, others.names_in_use())
        return save_fields(stored, is_active=True)


def check_heads() -> None:
    """Raises ValidationError where a head would belong to another department than their own."""
    strange = Department.objects.with_strange_heads().select_related("head").first()
    if strange:
        words = _(
            "%(person)s is the head of “%(department)s” and would not belong to it any more. "
            "Choose another head first."
        )
        raise ValidationError(words % {"person": strange.head, "department": strange.name})


def _lock_tree() -> None:
    """In everybody's order, so that two who move or name departments wait for each other."""
    list(Department.objects.select_for_update().order_by("pk").values_list("pk"))


def _check_parent(department: Department) -> None:
    if department.parent is None:
        return
    parent = Department.objects.get(pk=department.parent.pk)
    if department.pk and parent.path.startswith(department.path):
        words = _("A department cannot be a part of itself or of one of its parts.")
    elif not parent.is_active and department.is_active:
        words = _("“%(name)s” is closed. Open it first.") % {"name": parent.name}
    elif parent.depth + 1 >= DEEPEST:
        words = _("The tree is too deep. Choose a department further up.")
    else:
        return
    raise ValidationError({"parent": words})
