"""What the steps do, through the services that own it; again, they do nothing twice."""

import pytest
from django.core.exceptions import ValidationError

from registers.models import LibraryRisk, Register, Risk
from riskhub.accounts.models import Department, User
from riskhub.company.preferences import company_names, preference
from riskhub.setup.people_lines import names_of_departments, read_people
from riskhub.setup.services import (
    AlreadyBegun,
    create_first_user,
    mark_step,
    set_up_company,
    set_up_library,
    set_up_people,
    set_up_scope,
)
from riskhub.setup.steps import STEPS, Progress
from tests.builders import make_risk
from tests.registers.audit import Trail

pytestmark = pytest.mark.django_db
NAMES = {"company_name_zh": "安心到家", "company_name_en": "Homely"}
FIRST = {
    "username": "li.na",
    "display_name": "李娜",
    "password": "a long password 1",
    "locale": "en",
}


def ids(*codes):
    return set(Department.objects.filter(code__in=codes).values_list("pk", flat=True))


def test_the_first_user_keeps_accounts_and_registers():
    user = create_first_user(by=None, **FIRST)
    assert user.roles.everywhere("admin")
    assert user.roles.everywhere("risk_manager")
    assert (user.locale, user.check_password(FIRST["password"])) == ("en", True)


def test_nobody_becomes_the_first_after_somebody(outsider):
    with pytest.raises(AlreadyBegun):
        create_first_user(by=None, **FIRST)
    assert list(User.objects.get_queryset()) == [outsider]


def test_departments_are_kept_closed_and_made(founder):
    set_up_company(by=founder, names=NAMES, kept=ids("OPS", "TECH"), more=["客房部", "花园部"])
    assert company_names() == ("安心到家", "Homely")
    assert {one.code for one in Department.objects.active()} == {"OPS", "TECH", "D01", "D02"}
    set_up_company(by=founder, names=NAMES, kept=ids("OPS", "RISK", "D01"), more=[])
    assert {one.code for one in Department.objects.active()} == {"OPS", "RISK", "D01"}


def test_a_department_in_use_stays_and_nothing_is_done(founder, register, ops):
    make_risk(register, by=founder)
    with pytest.raises(ValidationError, match="运营"):
        set_up_company(by=founder, names=NAMES, kept=ids("TECH"), more=["新"])
    assert Department.objects.get(pk=ops.pk).is_active
    assert not Department.objects.filter(name_zh="新").exists()
    assert Progress.stored().states == {}


def test_a_name_that_a_kept_department_bears_is_said_where_it_was_typed(founder, ops):
    with pytest.raises(ValidationError) as refusal:
        set_up_company(by=founder, names=NAMES, kept=ids("OPS"), more=["新", ops.name_zh])
    assert list(refusal.value.message_dict) == ["more"]
    assert not Department.objects.filter(name_zh="新").exists()


def test_people_get_accounts_and_roles_once(founder):
    text = "周立,zhou,OPS,department_head\n马文斌,ma,OPS,approver\n李,li"
    people, _faults = read_people(text, names_of_departments(Department.objects.all()))
    made = set_up_people(people, by=founder)
    assert [one.username for one in made] == ["zhou", "ma", "li"]
    assert made[0].roles.covers(Department.objects.get(code="OPS").pk, "department_head")
    assert not made[0].roles.everywhere("department_head")
    assert made[1].roles.everywhere("approver")
    assert set_up_people(people, by=founder) == []


@pytest.mark.parametrize(
    "line",
    ["重名,ADMIN", "周立,zhou,OPS,staff", "周立,zhou,TECH,department_head", "周立一,zhou,OPS,department_head",
     "周立,ZHOU,OPS,department_head", "周立,zhou,OPS,department_head,zhou@example.com", "周立,zhou,OPS"],
)  # fmt: skip
def test_a_sign_in_name_of_somebody_else_is_said_at_its_line(founder, line):
    named = names_of_departments(Department.objects.all())
    set_up_people(read_people("周立,zhou,OPS,department_head", named)[0], by=founder)
    people, faults = read_people(f"新人,xin\n\n{line}", named)
    assert faults == []
    with pytest.raises(ValidationError) as refusal:
        set_up_people(people, by=founder)
    (words,) = refusal.value.messages
    assert words.startswith("第 3 行")
    assert ("周立" if "zhou" in line.lower() else founder.display_name) in words
    assert not User.objects.get_queryset().filter(username="xin").exists()


@pytest.mark.parametrize(
    "line",
    [
        f"{'长' * 101},a",
        f"甲,{'a' * 151}",
        "甲,a,,,CHEN@example.com",
        f"甲,a,,,{'a' * 250}@example.com",
        "\u0301,a",
    ],
)
def test_what_an_account_cannot_be_is_said_at_its_line(founder, risk_manager, line):
    people, faults = read_people(f"新人,xin\n{line}", {})
    assert faults == []
    with pytest.raises(ValidationError) as refusal:
        set_up_people(people, by=founder)
    (words,) = refusal.value.messages
    assert words.startswith("第 2 行")


def test_services_are_switched_and_the_size_is_kept(founder):
    from registers.models import ServiceLine  # noqa: PLC0415 - for this test alone

    first = ServiceLine.objects.first()
    set_up_scope(by=founder, lines={first.pk}, orders=1200, revenue=900_000)
    assert list(ServiceLine.objects.filter(is_active=True)) == [first]
    assert (preference("orders_per_year"), preference("yearly_revenue")) == (1200, 900_000)


def test_the_library_fills_a_register_and_does_so_once(founder, ops):
    entries = list(LibraryRisk.objects.all()[:4])
    new = {"code": "SVC", "name_zh": "服务风险", "department": ops}
    register, made = set_up_library(by=founder, register=None, entries=entries, **new)
    assert (register.code, len(made), Risk.objects.count()) == ("SVC", 4, 4)
    assert set_up_library(by=founder, register=register, entries=entries) == (register, [])
    assert Register.objects.count() == 1


def test_what_was_done_is_not_passed_over_afterwards(founder):
    trail = Trail()
    mark_step("people", by=founder, is_skipped=True)
    mark_step("company", by=founder)
    mark_step("company", by=founder, is_skipped=True)
    assert Progress.stored().states == {"people": "skipped", "company": "done"}
    assert Progress.stored().next.key == "scope"
    assert {event.action for event in trail.rows()} == {"company.setting_changed"}
    for step in STEPS:
        mark_step(step.key, by=founder)
    assert Progress.stored().is_over
