"""Where imported rows may go: the register, the department and the owner that a row names."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessments.permissions import can_import_into
from assessments.register_import.values import value_key
from registers.choices import RegisterState
from registers.models import Register, RiskSource
from registers.permissions import can_manage_department, can_own_risks_of, sees_risks_of
from registers.querysets import people_of
from registers.services import words_of_archived
from riskhub.accounts.models import Department, User
from riskhub.accounts.names import halves_of, name_key
from riskhub.entry.texts import capitals
from riskhub.imports.sentences import Sentence, say

UNKNOWN = gettext_noop("The department “%(name)s” is not known here: %(own)s is used.")
NOT_YOURS = gettext_noop("You do not keep the register of the department %(name)s.")
_NO_USER = gettext_noop("The owner “%(name)s” is no user here: kept as text.")
SEES_NOT = gettext_noop(
    "“%(name)s” does not see the risks of %(department)s: the owner is kept as text."
)
ONLY_READS = gettext_noop("“%(name)s” only reads, as an auditor: the owner is kept as text.")
_SEVERAL = gettext_noop("Several users are called “%(name)s”: the owner is kept as text.")


@dataclass(frozen=True)
class NewRegister:
    """What a register gets that applying has to make. `department` is a code."""

    name_zh: str
    name_en: str
    department: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class Places:
    """`department` is the register's own: for rows that name none, or one that nobody knows.

    `default` is what the mapping says for both, a code or name; empty where it says nothing.
    `by` None is the system itself, which may register everywhere.
    """

    register_code: str
    register: Register | None
    department: Department
    by: User | None
    known: dict[str, Department] = field(default_factory=dict)
    people: dict[str, list[User]] = field(default_factory=dict)
    default: str = ""

    def knows(self, text: str) -> bool:
        return value_key(text) in self.known

    def find(self, text: str) -> tuple[Department | None, Sentence | None]:
        """The department of a row, with what there is to say about it; None where one may not."""
        found = self.known.get(value_key(text)) if text else self.department
        message = None
        if found is None:
            found = self.known.get(value_key(self.default), self.department)
            message = say(UNKNOWN, name=text, own=found.code)
        if self.by and not can_manage_department(self.by, found.pk):
            return None, say(NOT_YOURS, name=found.code)
        return found, message

    def find_owner(self, text: str, department: Department) -> tuple[User | None, Sentence | None]:
        """The one user of that name who sees the risk; else None, and why the name stays a text."""
        if not text:
            return None, None
        found = self.people.get(name_key(text), [])
        if len(found) == 1 and can_own_risks_of(found[0], department.pk):
            return found[0], None
        if len(found) == 1 and sees_risks_of(found[0], department.pk):
            return None, say(ONLY_READS, name=text)
        if len(found) == 1:
            return None, say(SEES_NOT, name=text, department=department.code)
        return None, say(_SEVERAL if found else _NO_USER, name=text)

    def objection(self) -> str:
        """Why nothing may be put into this register by this user; empty when it may."""
        if self.register and self.register.state != RegisterState.ACTIVE:
            return words_of_archived(self.register_code)
        if self.by and not can_import_into(self.by, self.department):
            return _("You do not keep the register of the department %(name)s.") % {
                "name": self.department.name
            }
        return ""


def places_for(register_code: str, *, by: User | None, new: dict[str, Any] | None = None) -> Places:
    """What a register that applying has to make is for: what `new` says, else the importer's, else risk."""
    register = Register.objects.select_related("department").coded(register_code).first()
    departments = list(Department.objects.active().order_by("path"))
    known = _by_name(departments)
    wanted = known.get(value_key((new or {}).get("department", "")))
    own = register.department if register else wanted or _usual(departments, by)
    code = register.code if register else capitals(register_code)
    return Places(code, register, own, by, known, _people(by))


def without_closed(mapping: dict[str, Any]) -> dict[str, Any]:
    """An answer whose department or source was closed since is no answer: it is asked again."""
    defaults = mapping.get("defaults") or {}
    closed: dict[str, None] = {}
    department, source = defaults.get("department"), defaults.get("source")
    if department and value_key(department) not in _by_name(Department.objects.active()):
        closed["department"] = None
    if source and not RiskSource.objects.filter(code=source, is_active=True).exists():
        closed["source"] = None
    return mapping | {"defaults": defaults | closed} if closed else mapping


def _by_name(departments: Iterable[Department]) -> dict[str, Department]:
    return {key: each for each in departments for key in _keys(each)}


def _keys(department: Department) -> set[str]:
    names = (department.code, department.name_zh, department.name_en)
    return {value_key(name) for name in names if name}


def _usual(departments: list[Department], by: User | None) -> Department:
    if by and by.department:
        return by.department
    return next((each for each in departments if each.kind == "risk"), departments[0])


def _people(by: User | None) -> dict[str, list[User]]:
    """Everybody whom the importer may name, by name, by either half of it and by sign-in name."""
    found: dict[str, list[User]] = {}
    for user in people_of(by) if by else User.objects.active():
        whole = user.display_name
        for name in {name_key(whole), *halves_of(whole), name_key(user.username)} - {""}:
            found.setdefault(name, []).append(user)
    return found
