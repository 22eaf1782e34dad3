"""The lists by which risks are filtered, for one user, read in one query.

A term's `code` stands in the address, its `pk` in the condition. Departments are those that the user
covers, registers those that the user sees: nothing else can be chosen or named.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast

from registers.models import Register, RiskArea, RiskCategory, RiskSource, ServiceLine
from registers.querysets import READERS, departments_of
from riskhub.accounts.bilingual import in_language
from riskhub.accounts.models import User
from riskhub.entry.texts import capitals
from riskhub.prepared import Prepared

_COLUMNS = ("list_name", "pk", "code", "name_zh", "name_en", "place")


@dataclass(frozen=True)
class Term:
    """`place` is the order in its list; of a department the path, so that children follow."""

    kind: str
    pk: int
    code: str
    name_zh: str
    name_en: str
    place: str

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)


@dataclass(frozen=True)
class Terms:
    terms: tuple[Term, ...]

    def of(self, kind: str) -> Iterator[Term]:
        """Kinds: register, department, category, area, source, line."""
        return (term for term in self.terms if term.kind == kind)

    def choices(self, kind: str) -> list[tuple[str, str]]:
        return [(term.code, term.name) for term in self.of(kind)]

    def spelled(self, kind: str, codes: list[str]) -> list[str]:
        """The codes as they are kept; what names nothing stays as it came."""
        known = {capitals(term.code): term.code for term in self.of(kind)}
        return [known.get(capitals(code), code) for code in codes]

    def ids(self, kind: str, codes: list[str]) -> list[int]:
        """Of departments the children count too."""
        chosen = [term for term in self.of(kind) if term.code in codes]
        if kind != "department":
            return [term.pk for term in chosen]
        roots = tuple(term.place for term in chosen)
        return [term.pk for term in self.of(kind) if term.place.startswith(roots)]


def terms_for(user: User) -> Terms:
    found = [_FOR_ALL.sql()]
    with suppress(EmptyResultSet):  # of somebody who sees nothing
        found.append(_registers_and_departments(user).query.sql_with_params())
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(text for text, _values in found),
            [value for _text, values in found for value in values],
        )
        terms = [Term(*row) for row in cursor.fetchall()]
    return Terms(tuple(sorted(terms, key=lambda t: (len(t.place), t.place, t.code))))


def _registers_and_departments(user: User) -> QuerySet[Any, Any]:
    departments = _rows("department", departments_of(user, *READERS), "path")
    return _rows("register", Register.objects.visible_to(user), "code").union(departments, all=True)


def _the_same_for_all() -> QuerySet[Any, Any]:
    parts = [
        _rows("category", RiskCategory.objects.filter(is_active=True), "order"),
        _rows("area", RiskArea.objects.filter(is_active=True), "order"),
        _rows("source", RiskSource.objects.filter(is_active=True), "order"),
        _rows("line", ServiceLine.objects.filter(is_active=True), "order"),
    ]
    return parts[0].union(*parts[1:], all=True)


def _rows(kind: str, rows: QuerySet[Any], place: str) -> QuerySet[Any, Any]:
    annotated = rows.order_by().annotate(list_name=Value(kind), place=Cast(place, TextField()))
    listed: QuerySet[Any, Any] = annotated.values_list(*_COLUMNS)
    return listed


_FOR_ALL = Prepared(_the_same_for_all)
