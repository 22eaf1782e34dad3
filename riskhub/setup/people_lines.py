"""People as they are pasted: one a line, from a list or a spreadsheet.

    name, sign-in name, department, role, e-mail

Departments by name or code, roles by their word, in either language. Nothing of the text is kept.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import override

from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.entry.texts import one_line

_CUT = re.compile(r"[\t,，;；]")
_USERNAME = UnicodeUsernameValidator()
_Cells = tuple[str, str, str, str, str]
EVERYWHERE = {Role.ADMIN, Role.RISK_MANAGER, Role.APPROVER, Role.FINANCE, Role.AUDITOR,
              Role.CUSTOMER_SERVICE}  # fmt: skip
"""Roles for the whole company; the others hold for the department of the person."""


@dataclass(frozen=True)
class Person:
    """As the line of that number says."""

    line: int
    name: str
    username: str
    department: Department | None
    role: str
    email: str

    @property
    def place(self) -> Department | None:
        """Where the role holds; None is the whole company."""
        return None if self.role in EVERYWHERE else self.department

    def is_as(self, user: User) -> bool:
        """Word for word, with that role and no other."""
        theirs = (user.display_name, user.username, user.department, user.email)
        held = list(user.role_assignments.values_list("role", "department"))
        place = self.place.pk if self.place else None
        return theirs == (self.name, self.username, self.department, self.email) and held == (
            [(self.role, place)] if self.role else []
        )


@dataclass(frozen=True)
class Fault:
    """All that is wrong in one line."""

    line: int
    words: str

    def __str__(self) -> str:
        return _("Line %(line)d: %(words)s") % {"line": self.line, "words": self.words}


def read_people(
    text: str, departments: Mapping[str, Department]
) -> tuple[list[Person], list[Fault]]:
    """`departments` by what somebody may call them, in small letters (`names_of_departments`)."""
    people: list[Person] = []
    faults: list[Fault] = []
    roles, seen = _roles(), set[str]()
    for number, line in _lines(text):
        name, username, department, role, email = cells = _cells(line)
        words = list(_faults(cells, departments, roles))
        if username and username.lower() in seen:
            words.append(_("“%(name)s” stands here twice.") % {"name": username})
        seen.add(username.lower())
        if words:
            faults.append(Fault(number, " ".join(words)))
            continue
        people.append(
            Person(
                number, one_line(name), normalize("NFKC", username),
                departments.get(department.lower()), roles.get(role.lower(), ""), email,
            )
        )  # fmt: skip
    return people, faults


def names_of_departments(departments: Iterator[Department]) -> dict[str, Department]:
    found: dict[str, Department] = {}
    for one in departments:
        for name in filter(None, (one.code, one.name_zh, one.name_en)):
            found.setdefault(name.lower(), one)
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip(" \t,，;；"):
            yield number, line


def _cells(line: str) -> _Cells:
    found = [cell.strip() for cell in _CUT.split(line)]
    name, username, department, role, email = (found + [""] * 5)[:5]
    return name, username, department, role, email


def _roles() -> dict[str, str]:
    """{what somebody may call it: role}."""
    names: dict[str, str] = {}
    for role in Role:
        names[role.value] = role.value
        for language in ("zh-hans", "en"):
            with override(language):
                word = str(role.label).lower()
            names[word] = role.value
            names.setdefault(re.split(r"[（(]", word)[0].strip(), role.value)
    return names


def _faults(
    cells: _Cells, departments: Mapping[str, Department], roles: Mapping[str, str]
) -> Iterator[str]:
    """All that is wrong in a line, in the order of its cells."""
    name, username, department, role, email = cells
    if not (name and username):
        yield _("Write a name and a sign-in name, with a comma between them.")
    if username and not _passes(_USERNAME, username):
        words = _("“%(name)s” cannot be a sign-in name: letters, digits and . - _ @ only.")
        yield words % {"name": username}
    if department and department.lower() not in departments:
        yield _("There is no department “%(name)s”.") % {"name": department}
    if role and role.lower() not in roles:
        yield _("There is no role “%(name)s”.") % {"name": role}
    elif role and roles[role.lower()] not in EVERYWHERE and not department:
        yield _("This role holds for a department: name it.")
    if email and not _passes(validate_email, email):
        yield _("“%(name)s” is no e-mail address.") % {"name": email}


def _passes(check: Callable[[str], None], text: str) -> bool:
    try:
        check(text)
    except ValidationError:
        return False
    return True
