"""People are pasted as they stand in a list or a spreadsheet; each fault names its line."""

import pytest

from riskhub.accounts.models import Department
from riskhub.accounts.services import create_department
from riskhub.setup.people_lines import names_of_departments, read_people

pytestmark = pytest.mark.django_db


def read(text):
    return read_people(text, names_of_departments(Department.objects.all()))


@pytest.mark.parametrize(
    "line",
    [
        "王芳,wang.fang,OPS,员工,wang@example.com",
        "王芳，wang.fang，ops，Staff，wang@example.com",
        "王芳\twang.fang\tOPS\tstaff\twang@example.com",
        " 王芳 ; wang.fang ;OPS; 员工; wang@example.com ",
    ],
)
def test_commas_of_both_kinds_tabs_and_semicolons(line):
    ((person,), faults) = read(line)
    assert faults == []
    assert (person.name, person.username, person.role) == ("王芳", "wang.fang", "staff")
    assert (person.department.code, person.email) == ("OPS", "wang@example.com")


def test_a_department_by_its_name_and_a_role_by_its_short_word():
    name = Department.objects.get(code="OPS").name_zh
    (people, faults) = read(f"周立，zhou，{name}，部门负责人\n马文斌，ma，，审批人\n\n陈静，chen")
    assert faults == []
    assert [(one.username, one.role) for one in people] == [
        ("zhou", "department_head"), ("ma", "approver"), ("chen", ""),
    ]  # fmt: skip


def test_an_empty_cell_names_no_department_not_even_one_without_an_english_name():
    create_department(by=None, code="D01", name_zh="花园部")
    ((person,), faults) = read("Aud Two,aud2,,Auditor")
    assert (faults, person.department) == ([], None)
    ((unsorted,), faults) = read("Dora,dora")
    assert (faults, unsorted.department) == ([], None)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("王芳", 1, "登录名"),
        ("甲,a\n,b", 2, "登录名"),
        ("甲,a,火星部", 1, "火星部"),
        ("甲,a,,皇帝", 1, "皇帝"),
        ("甲,a,,员工", 1, "部门"),
        ("甲,a\n\n乙,A", 3, "重复"),
        ("甲,a a", 1, "登录名"),
        ("甲,a,,,x@", 1, "x@"),
    ],
)
def test_each_fault_names_its_line(text, line, word):
    _people, (fault,) = read(text)
    assert fault.line == line
    assert word in str(fault)


def test_all_faults_of_a_line_are_named_at_once():
    _people, faults = read("甲,a\n,A,火星部,皇帝,x@\n乙,b,,员工,y")
    assert [fault.line for fault in faults] == [2, 3]
    for word in ("登录名", "火星部", "皇帝", "x@", "重复"):
        assert word in str(faults[0])
    for word in ("部门", "“y”"):
        assert word in str(faults[1])
