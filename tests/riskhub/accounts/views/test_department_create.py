"""A department with a code that stays, below another one or beside it."""

import pytest

from riskhub.accounts.models import Department
from riskhub.accounts.services import close_department
from tests.registers.audit import Trail

URL = "/settings/departments/new/"


@pytest.fixture
def fields(ops):
    return {
        "code": "win-dows",
        "name_zh": "擦窗组",
        "name_en": "",
        "kind": "business",
        "parent": ops.pk,
    }


def test_below_another_one(as_admin, fields, ops):
    trail = Trail()
    response = as_admin.post(URL, fields)
    assert (response.status_code, response["Location"]) == (302, "/settings/departments/")
    made = Department.objects.get(code="WIN-DOWS")
    assert made.path == f"/{ops.pk}/{made.pk}/"
    assert trail.events() == [("department.created", "accounts_department", "insert")]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "ops"}, "code"),
        ({"code": "a b"}, "code"),
        ({"code": ""}, "code"),
        ({"name_zh": "\u200b"}, "name_zh"),
        ({"name_zh": "服务运营部"}, "name_zh"),
        ({"kind": "x"}, "kind"),
        ({"parent": "987654"}, "parent"),
    ],
)
def test_what_cannot_be(as_admin, fields, part, changed, field):
    response = part(as_admin, URL, "department-form", fields | changed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_a_closed_one_is_not_offered(as_admin, fields, admin, ops):
    close_department(ops, by=admin)
    assert as_admin.post(URL, fields).status_code == 422


def test_the_address_names_what_it_is_a_part_of(as_admin, ops):
    assert as_admin.get(f"{URL}?parent=ops").context["form"]["parent"].value() == ops.pk


def test_the_same_form_twice_makes_one(as_admin, fields):
    assert [as_admin.post(URL, fields).status_code for _time in range(2)] == [302, 422]
