"""What is changed and nothing else; somebody faster; nobody but the administrator."""

import pytest

from riskhub.accounts.models import User
from riskhub.accounts.services import edit_user
from tests.cast import make_user
from tests.registers.audit import Trail


@pytest.fixture
def person(ops):
    return make_user("li.na", "李娜", "staff", ops, email="li@firm.cn")


@pytest.fixture
def url(person):
    return f"/settings/people/{person.pk}/edit/"


@pytest.fixture
def values(person):
    return {
        "display_name": "李娜", "username": "li.na", "department": person.department_id,
        "email": "li@firm.cn", "phone": "", "locale": "zh-hans", "row_version": 1,
    }  # fmt: skip


def test_what_was_changed_and_nothing_else(as_admin, url, values, person, tech):
    trail = Trail()
    changed = {"display_name": "李小娜", "department": tech.pk}
    response = as_admin.post(url, values | changed)
    assert (response.status_code, response["Location"]) == (302, f"/settings/people/{person.pk}/")
    event = trail.only("accounts_user")
    assert (event.action, event.after) == (
        "user.edited", {"display_name": "李小娜", "department_id": tech.pk, "row_version": 2},
    )  # fmt: skip


def test_a_stale_version_shows_both_texts(as_admin, url, values, person, admin, part):
    edit_user(person, by=admin, version=1, display_name="李丽", phone="138")
    response = part(as_admin, url, "person-form", values | {"display_name": "李小娜"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "李丽" in page
    assert 'value="李小娜"' in page
    assert User.objects.get(pk=person.pk).display_name == "李丽"
    form = response.context["form"]
    assert form["row_version"].value() == "2"


def test_what_is_refused(as_admin, url, values, admin):
    for fields in ({"username": "Admin"}, {"display_name": ""}, {"row_version": ""}):
        assert as_admin.post(url, values | fields).status_code == 422


def test_the_sign_in_name_may_change_its_spelling(as_admin, url, values):
    assert as_admin.post(url, values | {"username": "Li.Na"}).status_code == 302


def test_who_belongs_to_a_closed_department_may_stay_there(as_admin, url, values, ops):
    ops.is_active = False
    ops.save()
    assert as_admin.post(url, values | {"phone": "138"}).status_code == 302


def test_nothing_of_the_account_but_its_fields(as_admin, url, values, person):
    as_admin.post(url, values | {"is_superuser": "on", "password": "x", "session_series": 9})
    person = User.objects.get(pk=person.pk)
    assert (person.is_superuser, person.session_series) == (False, 1)
