import pytest

from registers.models import Register
from registers.services import create_register
from tests.builders import assess, make_risk
from tests.registers.pages import links_of, main_of

URL = "/registers/"


@pytest.fixture
def other(register, risk_manager, tech):
    return create_register(
        by=risk_manager, code="TECH", name_zh="技术风险", name_en="Technical", department=tech
    )


def rows_of(page):
    return [(register.code, counts) for register, counts in page.context["rows"]]


def test_what_is_in_each(register, other, manager, risk_manager, second_manager):
    risk = make_risk(register, by=risk_manager)
    make_risk(register, by=risk_manager)
    assess(risk, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    page = manager.get(URL)
    assert rows_of(page) == [("SVC", {"all": 2, "above": 1, "not_rated": 1}), ("TECH", {})]
    found = links_of(page, "/risks/?register=")
    assert "/risks/?register=SVC&view=above" in found
    assert "/risks/?register=SVC&level=none" in found
    assert "/library/?register=TECH" in links_of(page)


def test_what_another_department_sees(
    register, other, risk_manager, sign_in, head_cleaning, staff_repair, outsider
):
    make_risk(register, by=risk_manager)
    assert rows_of(sign_in(head_cleaning).get(URL)) == [
        ("SVC", {"all": 1, "above": 0, "not_rated": 1})
    ]
    assert rows_of(sign_in(staff_repair).get(URL)) == []
    assert rows_of(sign_in(outsider).get(URL)) == []


def test_a_reader_has_nothing_to_fill(register, other, sign_in, auditor):
    links = links_of(sign_in(auditor).get(URL))
    assert not [link for link in links if "new" in link or "/library/?" in link]


def test_none_yet(manager, sign_in, auditor):
    assert "/registers/new/" in links_of(manager.get(URL))
    assert "/registers/new/" not in links_of(sign_in(auditor).get(URL))


def test_an_archived_one_stands_at_the_end_says_so_and_is_not_to_be_filled(
    register, other, manager
):
    Register.objects.filter(code="SVC").update(state="archived")
    page = manager.get(URL)
    assert [code for code, _counts in rows_of(page)] == ["TECH", "SVC"]
    assert Register.objects.get(code="SVC").get_state_display() in main_of(page)
    assert "/library/?register=TECH" in links_of(page)
    assert "/library/?register=SVC" not in links_of(page)


def test_who_keeps_one_changes_it(register, other, manager, sign_in, ops_manager, auditor, tech):
    def editable(client):
        return [link for link in links_of(client.get(URL)) if link.endswith("/edit/")]

    make_risk(other, by=ops_manager, department=register.department)
    assert editable(manager) == ["/registers/SVC/edit/", "/registers/TECH/edit/"]
    assert editable(sign_in(ops_manager)) == ["/registers/SVC/edit/"]
    assert editable(sign_in(auditor)) == []


def test_as_many_queries_for_three_as_for_one(register, manager, queries, risk_manager, tech):
    one = queries(manager, URL)
    for code in ("A", "B"):
        made = create_register(by=risk_manager, code=code, name_zh=code, department=tech)
        make_risk(made, by=risk_manager)
    assert queries(manager, URL) == one


def test_only_read(manager):
    assert manager.post(URL).status_code == 405


def test_who_may_bring_in_what(register, manager, sign_in, auditor):
    ways = [url for url, _words in manager.get(URL).context["ways_in"]]
    assert sorted(ways) == ["/imports/new/", "/library/"]
    assert set(ways) <= set(links_of(manager.get(URL)))
    assert sign_in(auditor).get(URL).context["ways_in"] == []
