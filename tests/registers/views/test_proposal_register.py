"""Which register is chosen beforehand for a filing: the one that its department belongs to."""

from uuid import uuid4

import pytest

from registers.models import Register
from registers.services import create_register, file_proposal
from riskhub.accounts.models import Department
from tests.cast import make_user


@pytest.fixture(autouse=True)
def company_register(db):
    """Of the risk department, and the first by its code."""
    risk = Department.objects.get(kind="risk")
    return create_register(by=None, code="AAA", name_zh="公司风险登记表", department=risk)


@pytest.fixture
def chosen(sign_in):
    def look(department, *, by):
        filer = make_user(f"of.{department.code}", "x", "staff", department)
        filed, _is_new = file_proposal(
            by=filer, client_uuid=uuid4(), text="漏水", department=department
        )
        form = sign_in(by).get(f"/inbox/triage/{filed.pk}/").context["filing"].forms["accept"]
        register = form.initial["register"]
        return register.code if register else None

    return look


def new(code, department):
    return create_register(by=None, code=code, name_zh=code, department=department)


def test_the_register_of_the_department_itself(chosen, register, clean, risk_manager):
    new("ZZZ", clean)
    assert chosen(clean, by=risk_manager) == "ZZZ"


def test_that_of_the_nearest_department_above(chosen, register, clean, ops, risk_manager):
    new("AAB", ops.parent or Department.objects.get(kind="management"))
    assert chosen(clean, by=risk_manager) == register.code


def test_that_of_another_department_of_its_kind(chosen, register, repair, risk_manager):
    """A repairer's filing does not go to the risk department while there is a service register."""
    assert chosen(repair, by=risk_manager) == register.code


def test_the_first_where_none_fits(chosen, repair, risk_manager):
    assert chosen(repair, by=risk_manager) == "AAA"


def test_only_one_that_the_manager_keeps(chosen, register, clean, tech, repair):
    own = new("TEC", tech)
    manager = make_user("of.tech", "y", "risk_manager", tech)
    assert chosen(repair, by=manager) == own.code
    Register.objects.filter(pk=own.pk).update(state="archived")
    lonely = Department.objects.create(
        code="LONE", name_zh="外勤", parent=tech, path=f"{tech.path}9999/"
    )
    assert chosen(lonely, by=manager) is None
