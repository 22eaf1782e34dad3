"""Make a register, change it, put it away and take it out again."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registers.archiving import archive_blockers
from registers.choices import RegisterState
from registers.models import Register, ServiceLine
from riskhub.accounts.closing import Blocker
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting
from riskhub.audit.transitions import move
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.entry.texts import capitals


class RegisterInUse(Exception):  # noqa: N818 - reads as what it says
    """Something is still open in it."""

    def __init__(self, blockers: list[Blocker]) -> None:
        self.blockers = blockers
        super().__init__(" ".join(blocker.text for blocker in blockers))


def create_register(
    *,
    by: User | None,
    code: str,
    name_zh: str,
    department: Department,
    name_en: str = "",
    service_line: ServiceLine | None = None,
    description: str = "",
) -> Register:
    with acting(by, "register.created"):
        register = Register(
            code=capitals(code), name_zh=name_zh, name_en=name_en, department=department,
            service_line=service_line, description=description,
        )  # fmt: skip
        register.full_clean()
        register.save()
        return register


def edit_register(
    register: Register,
    *,
    by: User,
    version: int | None,
    **fields: Any,  # noqa: ANN401 - model fields
) -> Register:
    """Names, department, service line, description. The code stays; risks keep their departments."""
    with acting(by, "register.edited"):
        stored = lock_version(register, version)
        before = stored.department_id
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.full_clean()
        if stored.department_id != before:
            _require_open(stored.department)
        return save_fields(stored, **fields)


def archive_register(register: Register, *, by: User) -> Register:
    """Read as before, it takes no new risks. Raises RegisterInUse while anything is open in it."""
    with acting(by, "register.archived"):
        if blockers := archive_blockers(lock_row(register), by):
            raise RegisterInUse(blockers)
        return move(register, RegisterState.ARCHIVED)


def reopen_register(register: Register, *, by: User) -> Register:
    with acting(by, "register.reopened"):
        stored = move(register, RegisterState.ACTIVE)
        _require_open(stored.department)
        return stored


def require_taking(registers: Iterable[Register]) -> None:
    """Raises ValidationError where one is archived; until the transaction ends none will be."""
    keys = {register.pk for register in registers}
    rows = Register.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    if archived := next((row for row in rows if row.state != RegisterState.ACTIVE), None):
        raise ValidationError({"register": words_of_archived(archived.code)})


def words_of_archived(code: str) -> str:
    words = _("The register %(code)s is archived and takes no risks. Open it again first.")
    return words % {"code": code}


def _require_open(department: Department) -> None:
    """With its row locked: who closes it meanwhile is waited for."""
    if not lock_row(department).is_active:
        words = _("“%(name)s” is closed. Give the register to another department.")
        raise ValidationError({"department": words % {"name": department.name}})
