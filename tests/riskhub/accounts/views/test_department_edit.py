"""Names, kind, place in the tree and head; somebody faster; the code stays."""

import pytest

from riskhub.accounts.models import Department
from riskhub.accounts.services import edit_department
from tests.cast import make_user
from tests.registers.audit import Trail

URL = "/settings/departments/CLEAN/edit/"


@pytest.fixture
def values(clean, ops):
    return {
        "name_zh": "家庭保洁组", "name_en": "House cleaning", "kind": "business", "parent": ops.pk,
        "head": "", "row_version": 1,
    }  # fmt: skip


def test_what_was_changed_and_nothing_else(as_admin, values, tech, clean):
    trail = Trail()
    response = as_admin.post(URL, values | {"name_en": "Cleaners", "parent": tech.pk, "code": "X"})
    assert response["Location"] == "/settings/departments/"
    event = trail.only("accounts_department")
    assert event.action == "department.edited"
    assert event.after == {
        "name_en": "Cleaners", "parent_id": tech.pk, "path": f"/{tech.pk}/{clean.pk}/", "row_version": 2,
    }  # fmt: skip


def test_a_head_is_one_of_its_people(as_admin, values, clean, ops, tech):
    own, above, strange = (
        make_user(place.code, "某", department=place) for place in (clean, ops, tech)
    )
    for person, status in ((above, 422), (strange, 422), (own, 302)):
        assert as_admin.post(URL, values | {"head": person.pk}).status_code == status
    assert Department.objects.get(pk=clean.pk).head == own


def test_its_own_parts_are_not_offered_above_it(as_admin, ops, clean):
    page = as_admin.get("/settings/departments/OPS/edit/")
    offered = {row.code for row in page.context["form"].fields["parent"].queryset}
    assert {"OPS", "CLEAN"} & offered == set()
    assert "TECH" in offered


def test_a_stale_version_shows_both_texts(as_admin, values, clean, admin, part):
    edit_department(clean, by=admin, version=1, name_zh="保洁一组")
    response = part(as_admin, URL, "department-form", values | {"name_zh": "保洁二组"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "保洁一组" in page
    assert 'value="保洁二组"' in page
    assert Department.objects.get(pk=clean.pk).name_zh == "保洁一组"


def test_a_refusal_names_the_head_it_would_lose(as_admin, ops, clean, tech, admin, values):
    person = make_user("c", "刘保洁", department=clean)
    edit_department(ops, by=admin, version=None, head=person)
    response = as_admin.post(URL, values | {"parent": tech.pk})
    assert response.status_code == 422
    assert "刘保洁" in response.content.decode()


def test_the_name_of_another_one_is_refused_with_its_code(as_admin, ops, values, part):
    response = part(as_admin, URL, "department-form", values | {"name_zh": ops.name_zh})
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (422, ["name_zh"])
    assert "OPS" in str(form.errors)
    assert form["name_zh"].value() == ops.name_zh


def test_there_is_no_such_department(as_admin):
    assert as_admin.get("/settings/departments/MOON/edit/").status_code == 404
