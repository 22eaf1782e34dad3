"""A role on a department covers its children; no department means everywhere; dates decide."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from riskhub.accounts.models import Department, RoleAssignment, User
from riskhub.accounts.roles import RoleSet
from riskhub.accounts.services import assign_role, create_department
from tests.cast import make_user

TODAY = date(2026, 8, 1)


def test_rows_become_sets():
    roles = RoleSet.of([("staff", 1), ("staff", 2), ("auditor", None), ("approver", 1)])
    assert roles.everywhere("auditor") is roles.everywhere("staff", "auditor") is True
    assert roles.everywhere("staff") is roles.everywhere() is False
    assert roles.department_ids("staff", "approver") == {1, 2}
    assert roles.department_ids("auditor") == roles.department_ids() == frozenset()
    assert roles.has("staff") is roles.has("auditor") is roles.has("finance", "approver") is True
    assert roles.has("finance") is roles.has() is False
    assert roles.covers(2, "staff") is roles.covers(99, "auditor") is True
    assert roles.covers(2, "approver") is roles.covers(None, "staff") is False


def test_nobody_has_nothing():
    assert RoleSet.of([]) == RoleSet()


def test_a_department_covers_its_children_at_any_depth(ops, tech, clean):
    windows = create_department(by=None, code="WINDOWS", name_zh="擦窗", parent=clean)
    head = make_user("h", "头", "department_head", ops)
    assert head.roles.department_ids("department_head") == {ops.pk, clean.pk, windows.pk}
    member = make_user("m", "员", "staff", clean)
    assert member.roles.department_ids("staff") == {clean.pk, windows.pk}
    assert not member.roles.covers(ops.pk, "staff")
    assert not head.roles.covers(tech.pk, "department_head")


def test_a_number_is_not_the_beginning_of_another(db):
    """/1/ is not above /12/: the path ends with a slash."""
    keys = Department.objects.values_list("pk", flat=True)
    short = next(k for k in keys if any(str(k) == str(other)[:1] != str(other) for other in keys))
    one = Department.objects.get(pk=short)
    person = make_user("p", "p", "staff", one)
    assert person.roles.department_ids("staff") == {one.pk}


def test_roles_of_several_departments_and_everywhere(ops, tech, django_assert_num_queries):
    person = make_user("p", "p", "staff", ops)
    assign_role(person, by=None, role="staff", department=tech)
    assign_role(person, by=None, role="auditor")
    person = User.objects.get(pk=person.pk)
    with django_assert_num_queries(1):
        assert person.roles.department_ids("staff") == {ops.pk, tech.pk}
        assert person.roles.everywhere("auditor")


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [(0, None, True), (1, None, False), (-9, 0, False), (-9, 1, True), (-9, None, True)],
)
def test_only_between_its_dates(ops, begins, ends, holds):
    today = timezone.localdate()
    person = make_user("p", "p")
    assignment = assign_role(
        person, by=None, role="staff", department=ops,
        valid_from=today + timedelta(begins),
        valid_until=None if ends is None else today + timedelta(ends),
    )  # fmt: skip
    assert person.roles.has("staff") is assignment.holds_on(today) is holds
    assert (person in User.objects.holding("staff")) is holds


def test_on_another_day(ops):
    person = make_user("p", "p")
    assign_role(person, by=None, role="staff", department=ops, valid_from=TODAY)
    assert list(User.objects.holding("staff", on=TODAY)) == [person]
    assert list(User.objects.holding("staff", on=TODAY - timedelta(1))) == []
    assert RoleAssignment.objects.current(TODAY - timedelta(1)).count() == 0


def test_who_holds_a_role_is_active_and_named_once(ops, tech):
    person = make_user("p", "p", "staff", ops)
    assign_role(person, by=None, role="auditor")
    gone = make_user("g", "g", "staff", tech)
    gone.is_active = False
    gone.save()
    assert list(User.objects.holding("staff", "auditor")) == [person]


def test_a_superuser_administers_and_nothing_else(outsider):
    outsider.is_superuser = True
    assert outsider.roles.everywhere_roles == {"admin"}


def test_in_words(ops, settings):
    person = make_user("p", "某人", "staff", ops)
    assert str(person.role_assignments.get()) in ("某人 Staff", "某人 员工")
