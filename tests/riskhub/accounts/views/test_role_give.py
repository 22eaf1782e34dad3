"""A role for a department or the whole company, from a day on, until a day or without an end."""

from datetime import timedelta

import pytest
import time_machine

from riskhub.accounts.models import RoleAssignment, User
from tests.registers.audit import Trail


@pytest.fixture
def url(outsider):
    return f"/settings/people/{outsider.pk}/roles/new/"


@pytest.fixture
def fields(clean, today):
    return {"role": "staff", "department": clean.pk, "begins_on": today.isoformat(), "last_on": ""}


def test_it_holds_at_the_next_request(as_admin, url, fields, sign_in, outsider, clean):
    theirs = sign_in(outsider)
    assert theirs.get("/m/new").status_code == 403
    trail = Trail()
    response = as_admin.post(url, fields)
    assert response["Location"] == f"/settings/people/{outsider.pk}/"
    assert theirs.get("/m/new").status_code == 200
    event = trail.only("accounts_roleassignment")
    assert (event.action, event.actor_name, event.after["role"]) == (
        "role.assigned",
        "钱程",
        "staff",
    )
    assert event.after["department_id"] == clean.pk


def test_what_begins_tomorrow_works_tomorrow(as_admin, url, fields, outsider, tomorrow):
    as_admin.post(
        url, fields | {"begins_on": tomorrow.isoformat(), "last_on": tomorrow.isoformat()}
    )
    for days, holds in ((0, False), (1, True), (2, False)):
        with time_machine.travel(f"{tomorrow + timedelta(days=days - 1)}T04:00:00Z"):
            assert User.objects.get(pk=outsider.pk).roles.has("staff") is holds


def test_the_whole_company(as_admin, url, fields, outsider):
    as_admin.post(url, fields | {"role": "auditor", "department": ""})
    assert outsider.roles.everywhere("auditor")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"role": ""}, "role"),
        ({"role": "emperor"}, "role"),
        ({"role": "admin"}, "department"),
        ({"department": "987654"}, "department"),
        ({"begins_on": ""}, "begins_on"),
        ({"begins_on": "2020-01-01"}, "begins_on"),
        ({"begins_on": "9999-01-01"}, "begins_on"),
        ({"last_on": "2020-01-01"}, "last_on"),
    ],
)
def test_what_cannot_be(as_admin, url, fields, part, changed, field):
    response = part(as_admin, url, "role-form", fields | changed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert RoleAssignment.objects.exclude(role="admin").count() == 0


def test_the_same_role_twice_is_refused(as_admin, url, fields):
    assert [as_admin.post(url, fields).status_code for _time in range(2)] == [302, 422]


def test_a_closed_account_gets_none(as_admin, url, fields, outsider):
    User.objects.filter(pk=outsider.pk).update(is_active=False)
    assert as_admin.post(url, fields).status_code == 409
    assert as_admin.get(url).status_code == 302


def test_the_department_of_the_person_is_offered_first(as_admin, staff_cleaning, clean):
    form = as_admin.get(f"/settings/people/{staff_cleaning.pk}/roles/new/").context["form"]
    assert form["department"].value() == clean.pk
