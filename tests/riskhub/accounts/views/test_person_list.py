"""Who works with the product, found by name, department, role and state of the account."""

import pytest

from riskhub.accounts.services import assign_role, create_user
from tests.cast import make_user

URL = "/settings/people/"


def names(response):
    return [person.username for person in response.context["page"]]


@pytest.fixture
def _people(head_cleaning, staff_cleaning, staff_repair, outsider):
    """With the administrator there are five."""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["head.cleaning", "staff.cleaning", "staff.repair", "outsider", "admin"]),
        ("?q=王芳", ["staff.cleaning"]),
        ("?q=STAFF.", ["staff.cleaning", "staff.repair"]),
        ("?department=OPS", ["head.cleaning", "staff.cleaning"]),
        ("?department=CLEAN&department=REPAIR", ["staff.cleaning", "staff.repair"]),
        ("?role=staff", ["staff.cleaning", "staff.repair"]),
        ("?role=none", ["outsider"]),
        ("?role=admin&role=none", ["outsider", "admin"]),
        ("?state=closed", []),
        ("?q=nobody", []),
        ("?role=emperor", []),
        ("?department=MOON", []),
    ],
)
@pytest.mark.usefixtures("_people")
def test_the_filters(as_admin, query, found):
    response = as_admin.get(URL + query)
    assert response.status_code == 200
    assert sorted(names(response)) == sorted(found)


def test_by_address_and_telephone(as_admin):
    create_user(
        by=None, username="li", display_name="李娜", email="li@firm.cn", phone="13800138000"
    )
    for words in ("li@firm", "0138"):
        assert names(as_admin.get(f"{URL}?q={words}")) == ["li"]


def test_what_is_masked_finds_nobody(sign_in, auditor, risk_manager):
    """Else the telephone that shows dots could be found out digit by digit."""
    create_user(
        by=None, username="li", display_name="李娜", email="na@firm.cn", phone="13800138000"
    )
    for words, found_by_auditor in (("0138", []), ("na@firm", []), ("李", ["li"])):
        assert names(sign_in(auditor).get(f"{URL}?q={words}")) == found_by_auditor
        assert names(sign_in(risk_manager).get(f"{URL}?q={words}")) == ["li"]


def test_closed_accounts_are_shown_where_they_are_asked_for(as_admin, outsider):
    outsider.is_active = False
    outsider.save()
    assert names(as_admin.get(URL)) == ["admin"]
    assert names(as_admin.get(f"{URL}?state=closed")) == ["outsider"]
    assert sorted(names(as_admin.get(f"{URL}?state=all"))) == ["admin", "outsider"]


def test_a_role_counts_on_its_days_only(as_admin, outsider, tomorrow):
    assign_role(outsider, by=None, role="auditor", valid_from=tomorrow)
    assert names(as_admin.get(f"{URL}?role=auditor")) == []
    assert names(as_admin.get(f"{URL}?role=none")) == ["outsider"]
    assert "还没有角色" not in as_admin.get(URL).content.decode()


def test_the_part_and_only_that(as_admin, part):
    response = part(as_admin, URL, "person-rows")
    page = response.content.decode()
    assert page.lstrip().startswith('<div class="rh-stack rh-stack-2" id="person-rows"')
    assert "<html" not in page


def test_as_many_queries_for_three_as_for_one(as_admin, ops, queries):
    one = queries(as_admin, URL)
    for number in range(3):
        assign_role(make_user(f"p{number}", "某", "staff", ops), by=None, role="finance")
    assert queries(as_admin, URL) == one


def test_pages_of_fifty(as_admin):
    for number in range(51):
        make_user(f"p{number:02d}", f"{number:02d}")
    first, second = as_admin.get(URL), as_admin.get(f"{URL}?page=2")
    assert (len(names(first)), len(names(second))) == (50, 2)


def test_who_reads_is_offered_nothing_to_change(sign_in, risk_manager, auditor, as_admin):
    assert 'href="/settings/people/new/"' in as_admin.get(URL).content.decode()
    for reader in (risk_manager, auditor):
        assert "/settings/people/new/" not in sign_in(reader).get(URL).content.decode()


def test_the_profile_menu_leads_here_for_those_who_may(
    sign_in, admin, risk_manager, staff_cleaning
):
    for person, leads in ((admin, True), (risk_manager, True), (staff_cleaning, False)):
        assert (f'href="{URL}"' in sign_in(person).get("/").content.decode()) is leads
