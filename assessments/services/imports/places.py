"""Where imported rows may go: the register, and the department that a row names."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from registers.models import Register
from registers.permissions import can_manage_department
from riskhub.accounts.models import Department, User
from riskhub.imports.sentences import Sentence, say

_UNKNOWN = _("The department “%(name)s” is not known here: %(own)s is used.")
_NOT_YOURS = _("You do not keep the register of the department %(name)s.")


@dataclass(frozen=True)
class Places:
    """`department` is the register's own: for rows that name none, or one that nobody knows.

    `by` None is the system itself, which may register everywhere.
    """

    register_code: str
    register: Register | None
    department: Department
    by: User | None
    known: dict[str, Department] = field(default_factory=dict)

    def find(self, text: str) -> tuple[Department | None, Sentence | None]:
        """The department of a row, with what there is to say about it; None where one may not."""
        found = self.known.get(text.casefold()) if text else self.department
        message = None
        if found is None:
            found = self.department
            message = say(_UNKNOWN, name=text, own=found.code)
        if self.by and not can_manage_department(self.by, found.pk):
            return None, say(_NOT_YOURS, name=found.code)
        return found, message


def places_for(register_code: str, *, by: User | None) -> Places:
    """A register that does not exist yet is made by applying: for the risk department, or the importer's."""
    register = Register.objects.select_related("department").filter(code=register_code).first()
    departments = list(Department.objects.order_by("path"))
    known = {key: each for each in departments for key in _keys(each)}
    return Places(register_code, register, _own(register, departments, by), by, known)


def _keys(department: Department) -> set[str]:
    names = (department.code, department.name_zh, department.name_en)
    return {name.casefold() for name in names if name}


def _own(register: Register | None, departments: list[Department], by: User | None) -> Department:
    if register:
        return register.department
    if by and by.department:
        return by.department
    return next((each for each in departments if each.kind == "risk"), departments[0])
