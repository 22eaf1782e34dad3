"""Which columns the list shows, and how high its rows are."""

import re

import pytest

from registers.columns import COLUMNS
from riskhub.search.models import ListSetting
from tests.builders import make_risk
from tests.registers.audit import Trail

URL = "/risks/columns/"
EVERY = [column.key for column in COLUMNS]
DEFAULT = ["code", "name", "level", "response", "department", "owner", "review"]


def columns_of(response):
    return re.findall(r'<th scope="col" data-key="(\w+)"', response.content.decode())


def test_what_is_chosen_is_shown_and_kept(risk, manager, risk_manager):
    assert columns_of(manager.get("/risks/")) == DEFAULT
    answer = manager.post(f"{URL}?level=none", {"columns": ["area", "level"], "is_compact": "on"})
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/risks/?level=none&columns=level%2Carea",
    )
    page = manager.get("/risks/")
    assert columns_of(page) == ["code", "name", "level", "area"]
    assert "rh-table-compact" in page.content.decode()
    kept = ListSetting.objects.get()
    assert (kept.owner, kept.page, kept.columns) == (
        risk_manager,
        "registers:risk_list",
        ["level", "area"],
    )
    manager.post(URL, {})
    assert columns_of(manager.get("/risks/")) == ["code", "name"]
    assert ListSetting.objects.count() == 1


def test_the_default_needs_no_words_in_the_address(risk, manager):
    answer = manager.post(URL, {"columns": DEFAULT[2:]})
    assert answer["Location"] == "/risks/"


def test_a_link_shows_everybody_the_same_columns(risk, manager, sign_in, auditor):
    manager.post(URL, {"columns": ["owner"], "is_compact": "on"})
    link = "/risks/?columns=review,priority&density=comfortable"
    for client in (manager, sign_in(auditor)):
        page = client.get(link)
        assert columns_of(page) == ["code", "name", "priority", "review"]
        assert "rh-table-compact" not in page.content.decode()
    assert "rh-table-compact" in sign_in(auditor).get("/risks/?density=compact").content.decode()
    assert columns_of(sign_in(auditor).get("/risks/?columns=x,owner")) == ["code", "name", "owner"]


@pytest.mark.parametrize("kind", ["inherent", "target"])
def test_whose_level_is_asked_for_is_shown(risk, manager, kind):
    assert kind in columns_of(manager.get(f"/risks/?kind={kind}"))


def test_every_column_has_cells_and_costs_no_query_for_each_row(
    risk, register, risk_manager, manager, queries
):
    manager.post(URL, {"columns": [key for key in EVERY if key not in DEFAULT[:2]]})
    one = queries(manager, "/risks/")
    row = manager.get("/risks/").content.decode().split("<tr data-code=")[1].split("</tr>")[0]
    assert row.count("<td") == 1 + len(EVERY)
    for _n in range(2):
        make_risk(register, by=risk_manager)
    assert queries(manager, "/risks/") == one <= 14


@pytest.mark.parametrize("kept", [[], ["owner"]])
def test_looking_keeps_nothing(risk, manager, kept):
    if kept:
        manager.post(URL, {"columns": kept})
    trail = Trail()
    for query in ("columns=area,level", "density=compact", "group=level", "columns=x&density=x"):
        assert manager.get(f"/risks/?{query}").status_code == 200
    assert trail.events() == []
    assert [setting.columns for setting in ListSetting.objects.all()] == [kept] * bool(kept)
    assert not manager.get("/risks/").context["is_compact"]


def test_what_is_no_column(manager):
    assert manager.post(URL, {"columns": ["password"]}).status_code == 400
    assert not ListSetting.objects.exists()


def test_everybody_keeps_their_own(risk, manager, sign_in, auditor):
    manager.post(URL, {"columns": ["area"]})
    assert columns_of(sign_in(auditor).get("/risks/")) == DEFAULT


def test_what_is_kept_is_audited(risk, manager):
    trail = Trail()
    manager.post(URL, {"columns": ["area"]})
    assert trail.events() == [("list.arranged", "search_listsetting", "insert")]


def test_it_is_a_button(manager):
    assert manager.get(URL).status_code == 405
