"""What each step of the set-up does, through the services of the packages that own it."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from assessments.services.starter import use_preset
from registers.models import LibraryRisk, Register, Risk, ServiceLine
from registers.services import adopt_risks, create_register
from registers.services.taxonomy import edit_term
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.accounts.services import (
    DepartmentInUse,
    assign_role,
    close_department,
    create_department,
    create_user,
    reopen_department,
)
from riskhub.audit.context import acting
from riskhub.company.services import set_preference
from riskhub.setup.people_lines import Fault, Person
from riskhub.setup.steps import DONE, KEY, SKIPPED, Progress


class AlreadyBegun(Exception):  # noqa: N818 - reads as what it says
    """Somebody has an account already: the first one is made."""


def create_first_user(
    *, by: None, username: str, display_name: str, password: str, locale: str
) -> User:
    """Administrator and risk manager of a company that has nobody yet; nobody else becomes it."""
    with acting(by, "user.created"):
        # Of two who come at once the second waits here, and finds the first.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('riskhub.setup'))")
        if User.objects.get_queryset().exists():
            raise AlreadyBegun
        user = create_user(
            by=by, username=username, display_name=display_name, password=password, locale=locale
        )
        for role in (Role.ADMIN, Role.RISK_MANAGER):
            assign_role(user, by=by, role=role)
        return user


def mark_step(key: str, *, by: User, is_skipped: bool = False) -> None:
    """A step that was done stays done, whoever passes it over afterwards."""
    states = dict(Progress.stored().states)
    if is_skipped and key in states:
        return
    states[key] = SKIPPED if is_skipped else DONE
    with acting(by, "setup.step_skipped" if is_skipped else "setup.step_done"):
        set_preference(KEY, states, by=by)


def set_up_company(
    *, by: User, names: dict[str, str], kept: Collection[int], more: Iterable[str]
) -> None:
    """The company's names; departments: those ticked are open, the others closed, new ones made."""
    with acting(by, "setup.company_set"):
        for key, value in names.items():
            set_preference(key, value, by=by)
        _keep_departments(kept, by=by)
        _create_departments(more, by=by)
        mark_step("company", by=by)


def set_up_people(people: Iterable[Person], *, by: User) -> list[User]:
    """New accounts with their roles; who is there already, word for word, is passed over."""
    with acting(by, "setup.people_set"):
        made, faults = [], []
        for person in people:
            try:
                user = _create_person(person, by=by)
            except ValidationError as refusal:
                faults.append(str(Fault(person.line, " ".join(refusal.messages))))
            else:
                made += [user] if user else []
        if faults:
            raise ValidationError(faults)
        mark_step("people", by=by)
        return made


def set_up_scope(*, by: User, lines: Collection[int], orders: int, revenue: int) -> None:
    """Which services the company offers, and how much of it."""
    with acting(by, "setup.scope_set"):
        # What is switched off gives its name free for what is switched on.
        for line in sorted(ServiceLine.objects.order_by("pk"), key=lambda one: one.pk in lines):
            if line.is_active != (line.pk in lines):
                edit_term(line, by=by, version=None, is_active=line.pk in lines)
        set_preference("orders_per_year", orders, by=by)
        set_preference("yearly_revenue", revenue, by=by)
        mark_step("scope", by=by)


def set_up_matrix(*, by: User, preset: str, revenue: int) -> None:
    with acting(by, "setup.matrix_set"):
        use_preset(preset, by=by, revenue=revenue)
        mark_step("matrix", by=by)


def set_up_library(
    *,
    by: User,
    register: Register | None,
    entries: Iterable[LibraryRisk],
    **new: Any,  # noqa: ANN401 - fields of a register
) -> tuple[Register, list[Risk]]:
    """The ticked risks go into `register`, or into a new one; what is there already is passed over."""
    with acting(by, "setup.library_set"):
        target = register or create_register(by=by, **new)
        made = adopt_risks(entries, by=by, register=target)
        mark_step("library", by=by)
        return target, made


def _create_person(person: Person, *, by: User) -> User | None:
    """None where this very person is there already, from the same step sent before."""
    accounts = User.objects.get_queryset().select_related("department")
    if present := accounts.filter(username__iexact=person.username).first():
        if person.is_as(present):
            return None
        words = _(
            "“%(username)s” is the sign-in name of %(person)s already. Choose another one, or take "
            "the line out."
        )
        raise ValidationError(words % {"username": person.username, "person": present})
    user = create_user(
        by=by, username=person.username, display_name=person.name, email=person.email,
        department=person.department, locale=by.locale,
    )  # fmt: skip
    if person.role:
        assign_role(user, by=by, role=person.role, department=person.place)
    return user


def _keep_departments(kept: Collection[int], *, by: User) -> None:
    """Parts are closed before what they are a part of, and opened after it. All refusals are said."""
    departments = list(Department.objects.order_by("path"))
    closing = [one for one in reversed(departments) if one.is_active and one.pk not in kept]
    opening = [one for one in departments if one.pk in kept and not one.is_active]
    refused = [words for one in closing for words in _refusals(close_department, one, by=by)][::-1]
    refused += [words for one in opening for words in _refusals(reopen_department, one, by=by)]
    if refused:
        raise ValidationError({"kept": refused})


def _create_departments(names: Iterable[str], *, by: User) -> None:
    try:
        for name in names:
            create_department(by=by, code=_free_code(), name_zh=name)
    except ValidationError as refusal:
        raise ValidationError({"more": refusal.messages}) from refusal


def _refusals(change: Callable[..., Department], department: Department, *, by: User) -> list[str]:
    try:
        change(department, by=by)
    except DepartmentInUse as used:
        words = _("“%(name)s” stays: %(why)s")
        return [words % {"name": department.name, "why": used.blockers[0].text}]
    except ValidationError as refusal:
        return refusal.messages
    return []


def _free_code() -> str:
    taken = set(Department.objects.values_list("code", flat=True))
    return next(code for number in range(1, 10_000) if (code := f"D{number:02d}") not in taken)
