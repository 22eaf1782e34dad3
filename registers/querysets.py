"""Who sees which rows, and the business words by which rows are filtered."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Self
from unicodedata import normalize

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.lookups import StartsWith

from registers.choices import OPEN_STATES, Level, OriginKind
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, RoleAssignment, User
from riskhub.entry.texts import capitals
from riskhub.prepared import Given

if TYPE_CHECKING:
    from registers.models import (  # noqa: F401 - named in quotes
        Register,
        Risk,
        RiskOrigin,
    )

# Held company-wide these see every risk; held for a department, that department and its children.
READERS = (
    Role.RISK_MANAGER, Role.DEPARTMENT_HEAD, Role.STAFF, Role.CUSTOMER_SERVICE, Role.APPROVER,
    Role.FINANCE, Role.AUDITOR, Role.ADMIN,
)  # fmt: skip
OWNERS = tuple(role for role in READERS if role != Role.AUDITOR)
"""By one of these somebody may answer for a risk; an auditor reads and changes nothing."""
ABOVE = Q(residual_level__gte=Level.HIGH)
WITHOUT_PLAN = ABOVE & Q(plan_state="")
_DEFAULT_COLUMNS = (
    "residual_level", "residual_probability", "residual_impact", "plan_strategy", "plan_state",
    "plan_version", "plan_in_force", "owner_note", "next_review_on",
)  # fmt: skip
_CODE = re.compile(r"[Rr]0*([1-9][0-9]{0,8})")
_TYPED_CODE = re.compile(r"[Rr]? ?0*([1-9][0-9]{0,8})")


def number_of(code: str) -> int | None:
    """The number in a code, however it is written: R012, r12, R0012 are 12; else None."""
    match = _CODE.fullmatch(code)
    return int(match[1]) if match else None


def number_typed(text: str) -> int | None:
    """The number of a risk as somebody types it: R2, r 002 or 2, in full-width characters, too."""
    code = _TYPED_CODE.fullmatch(normalize("NFKC", text).strip())
    return int(code[1]) if code else None


def numbers_in(codes: Iterable[str]) -> set[int]:
    """The numbers of those that are codes."""
    return {number for code in codes if (number := number_of(code))}


def late_on(today: date) -> Q:
    """Of open risks: the review should have been done by then."""
    return Q(next_review_on__lt=today)


def risk_scope(user: User, prefix: str = "", *, is_own: bool = False) -> Q:
    """The condition under which a row is the user's to see; `prefix` leads to the risk (`risk__`).

    `is_own`: by their own roles, without what they see only to decide on it for somebody absent.
    """
    held = user.roles if is_own else user.deciding_roles
    if held.everywhere(*READERS):
        return Q()
    ids = held.department_ids(*READERS)
    return Q(**{f"{prefix}owner_department__in": ids}) if ids else Q(pk__in=[])


class RiskQuerySet(models.QuerySet["Risk"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk_scope(user))

    def of_own_roles(self, user: User) -> Self:
        """Without those that the user sees only to decide for somebody absent."""
        return self.filter(risk_scope(user, is_own=True))

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def serving(self, lines: Iterable[int], *, or_none: bool = False) -> Self:
        """Of one of these service lines, each risk once; `or_none` with those of no line at all."""
        joins = self.model.service_lines.through._default_manager
        of_these = Q(pk__in=joins.filter(serviceline__in=lines).values("risk"))
        of_none = ~Exists(joins.filter(risk=OuterRef("pk")))
        return self.filter(of_these | of_none if or_none else of_these)

    def found_by(self, sources: Iterable[int]) -> Self:
        """By one of these sources, be it the main one or another; each risk once."""
        joins = self.model.sources.through._default_manager
        return self.filter(pk__in=joins.filter(risksource__in=sources).values("risk"))

    def counted(self) -> Self:
        """All but those put in by mistake and taken back: open ones never are."""
        return self.filter(is_undone=False)

    def coded(self, code: str) -> Self:
        """The risk of that code, in whatever case and with or without leading zeros; or none."""
        number = number_of(code)
        return self.filter(number=number) if number else self.none()

    def for_list(self, *columns: str) -> Self:
        """Only what a row of the list shows: by default the columns that everybody begins with."""
        needed = columns or _DEFAULT_COLUMNS
        links = {column.partition("__")[0] for column in needed if "__" in column}
        return self.select_related("owner_department", "owner", *links).only(
            "number", "code", "title", "title_alt", "lang", "state", "is_undone",
            "owner_department__name_zh", "owner_department__name_en", "owner__display_name",
            "owner__username", *needed,
        )  # fmt: skip

    def for_page(self) -> Self:
        return self.select_related(
            "register", "category", "area", "primary_source", "owner_department", "owner",
            "reported_by", "accepted_by", "merged_into",
        )  # fmt: skip

    def not_rated(self) -> Self:
        return self.open().filter(residual_level=None)

    def in_ranking(self) -> Self:
        """The one order of lists, API and reports."""
        return self.order_by("rank_key")

    def above_appetite(self) -> Self:
        return self.open().filter(ABOVE)

    def without_plan(self) -> Self:
        """Above the appetite line and nobody has written a plan."""
        return self.open().filter(WITHOUT_PLAN)

    def review_overdue(self, today: date) -> Self:
        return self.open().filter(late_on(today))

    def owned_by(self, user: User) -> Self:
        return self.filter(owner=user)

    def tally(self, conditions: Mapping[str, Q]) -> dict[str, int]:
        """How many of these risks there are (`all`), and how many meet each condition: one query.

        Open ones that are narrowed by no more than its columns are counted in one index. Counted is
        a column of that index that is never empty; `Count("*")` takes no filter.
        """
        counts = {name: Count("register", filter=q) for name, q in conditions.items()}
        return self.order_by().aggregate(all=Count("*"), **counts)

    def tally_by(self, column: str, conditions: Mapping[str, Q]) -> dict[Any, dict[str, int]]:
        """{value of the column: the same of the risks that have it}, in one query as well."""
        counts = {name: Count("register", filter=q) for name, q in conditions.items()}
        names = ("all", *counts)
        rows = self.order_by().values(column).annotate(all=Count("*"), **counts)
        return {
            value: dict(zip(names, numbers, strict=True))
            for value, *numbers in rows.values_list(column, *names)
        }

    def by_register(self) -> dict[int, dict[str, int]]:
        """{register: how many open risks, how many above the line, how many not rated}."""
        counts = (
            self.open()
            .order_by()
            .values("register")
            .annotate(
                all=Count("*"),
                above=Count("register", filter=Q(residual_level__gte=Level.HIGH)),
                not_rated=Count("register", filter=Q(residual_level=None)),
            )
        )
        names = ("all", "above", "not_rated")
        return {
            register: dict(zip(names, numbers, strict=True))
            for register, *numbers in counts.values_list("register", *names)
        }

    def matching(self, text: str) -> Self:
        """Every typed word is there; two Chinese characters are enough, R2 and 002 find R002 too."""
        condition = Q(search__holds=text)
        if number := number_typed(text):
            condition |= Q(number=number)
        return self.filter(condition)


class OriginQuerySet(models.QuerySet["RiskOrigin"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk_scope(user, "risk__"))

    def named(self) -> Self:
        """With what the library calls its own in both languages: for `RiskOrigin.name`."""
        entries = apps.get_model("registers", "LibraryRisk")._default_manager
        title = entries.filter(code=OuterRef("ref_id")).values("body__title")
        return self.annotate(
            shipped=Case(When(kind=OriginKind.LIBRARY, then=Subquery(title)), default=None)
        )

    def from_library(self) -> Self:
        return self.filter(kind=OriginKind.LIBRARY)


class RegisterQuerySet(models.QuerySet["Register"]):
    def visible_to(self, user: User) -> Self:
        """The registers of covered departments, and those in which one sees a risk."""
        if user.deciding_roles.everywhere(*READERS):
            return self.all()
        ids = user.deciding_roles.department_ids(*READERS)
        risks = apps.get_model("registers", "Risk")._default_manager.filter(
            register=OuterRef("pk"), owner_department__in=ids
        )
        return self.filter(Q(department__in=ids) | Exists(risks))

    def kept_by(self, user: User) -> Self:
        """Active registers into which the user may put risks."""
        return self.active().filter(department__in=departments_of(user, Role.RISK_MANAGER))

    def active(self) -> Self:
        return self.filter(state="active")

    def coded(self, code: str) -> Self:
        """The one register of this code, however it is written."""
        return self.filter(code__iexact=capitals(code))


def departments_of(user: User, *roles: Role) -> models.QuerySet[Department]:
    """The active departments for which the user holds one of the roles."""
    departments = Department.objects.active().order_by("path")
    if user.roles.everywhere(*roles):
        return departments
    return departments.filter(pk__in=user.roles.department_ids(*roles))


def people_of(user: User) -> models.QuerySet[User]:
    """The active people whom the user may name: everybody, or those of the covered departments."""
    return User.objects.visible_to(user).active().order_by("display_name", "pk")


def onlookers_of(
    departments: Iterable[Department], roles: Iterable[str] = READERS
) -> models.QuerySet[User]:
    """The active people who see the risks of one of these: by a role for it, above it, or everywhere."""
    held = _held_for(departments, roles)
    return User.objects.active().filter(Q(is_superuser=True) | Q(pk__in=held))


def keepers_at(path: Given, today: Given) -> models.QuerySet[User]:
    """The active people who keep the register of the department at this path."""
    held = RoleAssignment.objects.current(today).filter(
        Q(department=None) | Q(StartsWith(path, F("department__path"))), role=Role.RISK_MANAGER
    )
    return User.objects.active().filter(pk__in=held.values("user"))


def _held_for(departments: Iterable[Department], roles: Iterable[str]) -> models.QuerySet[Any, Any]:
    """Who has one of the roles for one of the departments, above it, or everywhere."""
    above = {int(pk) for each in departments for pk in each.path.split("/") if pk}
    held = RoleAssignment.objects.current().filter(role__in=roles)
    return held.filter(Q(department=None) | Q(department__in=above)).values("user")


def owners_for(user: User, departments: Iterable[Department]) -> models.QuerySet[User]:
    """Whom the user may make responsible for what belongs to one of these departments."""
    return people_of(user).filter(pk__in=onlookers_of(departments, OWNERS).values("pk"))
