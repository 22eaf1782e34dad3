"""The tree: paths follow, no circle, a head belongs, and nothing closes that is in use; by SQL too."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from registers.services import archive_register, close_risk, create_register
from riskhub.accounts.models import Department, User
from riskhub.accounts.services import (
    DEEPEST,
    DepartmentInUse,
    close_department,
    create_department,
    edit_department,
    edit_user,
    reopen_department,
)
from tests.builders import make_risk
from tests.cast import make_user
from tests.registers.audit import Trail


def move(department, parent, by):
    return edit_department(department, by=by, version=None, parent=parent)


def paths():
    return dict(Department.objects.values_list("code", "path"))


def test_what_is_below_moves_along(admin, ops, tech, clean, repair):
    windows = create_department(by=None, code="windows", name_zh="擦窗", parent=clean)
    assert (windows.code, windows.depth) == ("WINDOWS", 2)
    trail = Trail()
    move(clean, repair, admin)
    assert paths()["CLEAN"] == f"/{tech.pk}/{repair.pk}/{clean.pk}/"
    assert paths()["WINDOWS"] == f"/{tech.pk}/{repair.pk}/{clean.pk}/{windows.pk}/"
    assert {event.action for event in trail.rows()} == {"department.edited"}
    move(clean, None, admin)
    assert paths()["WINDOWS"] == f"/{clean.pk}/{windows.pk}/"


def test_who_sees_what_moves_along(admin, clean, tech, head_cleaning, head_repair, register):
    risk = make_risk(register, by=None, department=clean)
    seen = type(risk).objects.visible_to
    assert (seen(head_cleaning).count(), seen(head_repair).count()) == (1, 0)
    move(clean, tech, admin)
    again = [User.objects.get(pk=user.pk) for user in (head_cleaning, head_repair)]
    assert [seen(user).count() for user in again] == [0, 1]


def test_no_circle(admin, ops, clean):
    with pytest.raises(ValidationError) as refusal:
        move(ops, clean, admin)
    assert list(refusal.value.message_dict) == ["parent"]
    for below in (ops, clean):
        with pytest.raises(IntegrityError, match="part of itself"), transaction.atomic():
            Department.objects.filter(pk=ops.pk).update(parent=below)


def test_nobody_types_a_path(ops, clean):
    Department.objects.filter(pk=clean.pk).update(path="/1/2/3/")
    assert paths()["CLEAN"] == f"/{ops.pk}/{clean.pk}/"


def test_not_too_deep(ops):
    below = ops
    for number in range(DEEPEST - 1):
        below = create_department(by=None, code=f"D{number}", name_zh=f"层{number}", parent=below)
    with pytest.raises(ValidationError):
        create_department(by=None, code="DEEP", name_zh="层", parent=below)


def test_a_head_belongs_to_the_department_or_a_part_of_it(admin, ops, clean, tech):
    cleaner, repairer = (
        make_user("c", "保洁", department=clean),
        make_user("r", "维修", department=tech),
    )
    edit_department(ops, by=admin, version=None, head=cleaner)
    for change in (
        lambda: edit_department(ops, by=admin, version=None, head=repairer),
        lambda: edit_user(cleaner, by=admin, version=None, department=tech),
        lambda: edit_user(cleaner, by=admin, version=None, department=None),
        lambda: move(clean, tech, admin),
    ):
        with pytest.raises(ValidationError, match=r"保洁|维修"), transaction.atomic():
            change()
    assert Department.objects.get(pk=ops.pk).head == cleaner


@pytest.mark.parametrize("model", [Department, User])
def test_the_database_refuses_a_strange_head(admin, ops, tech, model):
    person = make_user("c", "保洁", department=ops)
    edit_department(ops, by=admin, version=None, head=person)
    connection.check_constraints()
    if model is Department:
        Department.objects.filter(pk=tech.pk).update(head=person)
    else:
        User.objects.filter(pk=person.pk).update(department=tech)
    with pytest.raises(IntegrityError, match="belongs to it"), transaction.atomic():
        connection.check_constraints()
    Department.objects.update(head=None)


SAME = [
    {"name_zh": "家庭保洁组"}, {"name_zh": " 家庭 保洁组"}, {"name_zh": "ＨＳ"},
    {"name_zh": "夜班", "name_en": "house CLEANING"}, {"name_zh": "夜班", "name_en": "Housecleaning"},
]  # fmt: skip


@pytest.mark.parametrize("names", SAME)
def test_no_two_departments_in_use_bear_one_name(admin, ops, clean, names):
    create_department(by=None, code="HS", name_zh="hs")
    column = list(names)[-1]
    night = create_department(by=None, code="NIGHT", name_zh="夜班组", name_en="Night")
    for change in (
        lambda: create_department(by=None, code="NEW", **names),
        lambda: edit_department(night, by=admin, version=None, **names),
    ):
        with pytest.raises(ValidationError) as refusal, transaction.atomic():
            change()
        ((said,),) = refusal.value.message_dict.values()
        assert list(refusal.value.message_dict) == [column]
        assert ("HS" if names[column] == "ＨＳ" else "CLEAN") in said
    assert Department.objects.get(pk=night.pk).name_zh == "夜班组"


def test_a_name_in_the_other_language_and_that_of_a_closed_one_are_free(admin, clean, tech):
    create_department(by=None, code="EN", name_zh="House cleaning", name_en="家庭保洁组")
    close_department(clean, by=admin)
    night = create_department(by=None, code="NIGHT", name_zh="家庭保洁组")
    with pytest.raises(ValidationError, match="NIGHT"):
        reopen_department(clean, by=admin)
    edit_department(clean, by=admin, version=None, name_en="Cleaning")
    edit_department(night, by=admin, version=None, name_zh="夜班组")
    assert reopen_department(clean, by=admin).is_active


def test_those_that_share_a_name_already_are_edited_otherwise(admin, clean, tech):
    Department.objects.filter(pk=tech.pk).update(name_zh=clean.name_zh, name_en="Tech")
    edited = edit_department(
        tech,
        by=admin,
        version=None,
        name_zh="家庭 保洁组",
        name_en="Engineering",
        kind="management",
    )
    assert (edited.name_en, edited.kind) == ("Engineering", "management")
    with pytest.raises(ValidationError, match="CLEAN"):
        edit_department(tech, by=admin, version=None, name_en="House cleaning")


def test_closing_names_everything_that_is_left(admin, ops, clean, staff_cleaning, risk_manager):
    create_register(by=None, code="SVC", name_zh="表", department=clean)
    risk = make_risk(clean.registers.get(), by=risk_manager, department=clean)
    with pytest.raises(DepartmentInUse) as refusal:
        close_department(clean, by=admin)
    assert len(refusal.value.blockers) == 3
    assert [blocker.url for blocker in refusal.value.blockers] == [
        "/settings/people/?department=CLEAN", "/risks/?department=CLEAN", "/registers/",
    ]  # fmt: skip
    with pytest.raises(DepartmentInUse) as refusal:
        close_department(ops, by=admin)
    assert [blocker.url for blocker in refusal.value.blockers] == [
        "/settings/departments/", "/settings/people/?department=OPS", "/risks/?department=OPS", "/registers/",
    ]  # fmt: skip
    close_risk(risk, by=risk_manager, reason="停止")
    edit_user(staff_cleaning, by=admin, version=None, department=ops)
    with pytest.raises(DepartmentInUse) as refusal:
        close_department(clean, by=admin)
    (kept,) = refusal.value.blockers
    assert (kept.url, "SVC" in kept.text) == ("/registers/", True)
    archive_register(clean.registers.get(), by=risk_manager)
    assert close_department(clean, by=admin) not in Department.objects.active()


def test_closed_and_open_again(admin, ops, clean):
    assert close_department(clean, by=admin) not in Department.objects.active()
    close_department(ops, by=admin)
    with pytest.raises(ValidationError):
        reopen_department(clean, by=admin)
    reopen_department(ops, by=admin)
    reopen_department(clean, by=admin)
    assert Department.objects.get(pk=clean.pk).is_active


def test_not_below_a_closed_one(admin, ops, clean):
    close_department(clean, by=admin)
    with pytest.raises(ValidationError) as refusal:
        create_department(by=None, code="NEW", name_zh="新", parent=clean)
    assert list(refusal.value.message_dict) == ["parent"]


@pytest.mark.django_db(transaction=True)
def test_two_who_move_each_below_the_other():
    """Each alone is right; the second one waits, sees the first and is refused."""
    one = create_department(by=None, code="ONE", name_zh="一")
    two = create_department(by=None, code="TWO", name_zh="二")
    boss = make_user("a", "管理员", "admin")
    refused, together = [], threading.Barrier(2)

    def go(department, parent):
        try:
            together.wait()
            move(department, parent, boss)
        except (ValidationError, IntegrityError) as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert sorted(path.count("/") for code, path in paths().items() if code in ("ONE", "TWO")) == [
        2,
        3,
    ]
