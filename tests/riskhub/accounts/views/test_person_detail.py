"""The page of one person: their roles of now, later and before, and what is masked for whom."""

from datetime import timedelta

import pytest

from riskhub.accounts.services import assign_role
from tests.cast import make_user
from tests.registers.pages import main_of, text_of


@pytest.fixture
def person(ops, today, tomorrow):
    user = make_user("li.na", "李娜", "staff", ops, email="li@firm.cn", phone="13800138000")
    assign_role(user, by=None, role="finance", valid_from=tomorrow)
    was = {"valid_from": today - timedelta(days=9), "valid_until": today - timedelta(days=1)}
    assign_role(user, by=None, role="auditor", **was)
    return user


def roles(response, kind):
    return [role.role for role in response.context[kind]]


def test_roles_of_now_later_and_before(as_admin, person):
    response = as_admin.get(f"/settings/people/{person.pk}/")
    assert roles(response, "roles") == ["finance", "staff"]
    assert roles(response, "former") == ["auditor"]


def test_nobody_else_is_at_that_address(as_admin):
    assert as_admin.get("/settings/people/987654/").status_code == 404


def test_contacts_are_masked_for_the_auditor(sign_in, person, risk_manager, auditor, admin):
    url = f"/settings/people/{person.pk}/"
    for reader in (risk_manager, admin):
        assert {"li@firm.cn", "13800138000"} <= set(main_of(sign_in(reader).get(url)).split())
    page = text_of(sign_in(auditor).get(url))
    assert "li@firm.cn" not in page
    assert "13800138000" not in page
    assert page.count("•••") == 2


def test_only_the_administrator_is_offered_what_to_do(sign_in, person, risk_manager, as_admin):
    url = f"/settings/people/{person.pk}/"
    page = as_admin.get(url).content.decode()
    for address in ("edit/", "link/", "roles/new/"):
        assert f'"{url}{address}"' in page
        assert f'"{url}{address}"' not in sign_in(risk_manager).get(url).content.decode()


def test_as_many_queries_for_three_roles_as_for_one(as_admin, ops, tech, queries, outsider):
    url = f"/settings/people/{outsider.pk}/"
    assign_role(outsider, by=None, role="staff", department=ops)
    one = queries(as_admin, url)
    assign_role(outsider, by=None, role="staff", department=tech)
    assign_role(outsider, by=None, role="finance", department=tech)
    assert queries(as_admin, url) == one
