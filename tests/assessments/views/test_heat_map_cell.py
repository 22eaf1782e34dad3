"""GET /matrix/?probability=4&impact=3: the risks of one cell, and where it leads."""

import re

import pytest

from tests.assessments.views.heat_map_page import (
    URL,
    cells,
    codes,
    counts,
    link,
    page,
    rated,
    risks,
    shown_by_list,
)

__all__ = ["rated", "risks"]
pytestmark = pytest.mark.django_db


def test_a_cell_shows_its_risks_in_the_one_order(sign_in, risks, risk_manager):
    html = page(sign_in(risk_manager), probability=4, impact=3)
    assert codes(html) == ["R001", "R002"]
    assert [place for place, a in cells(html).items() if a.get("aria-current")] == [(4, 3)]
    assert "Needs a plan, approved by management within 10 days. Review every 3 months." in html
    assert "5–25 a year" in html
    assert "CNY 10k–50k" in html
    assert counts(html) == {(4, 3): 2, (1, 5): 1, (2, 2): 1}


def test_each_cell_leads_to_itself_without_script(sign_in, risks, risk_manager):
    client = sign_in(risk_manager)
    for place, cell in cells(page(client, department="CLEAN")).items():
        html = client.get(URL + cell.get("href")).content.decode()
        assert cell.get("href") == f"?department=CLEAN&probability={place[0]}&impact={place[1]}"
        assert [p for p, a in cells(html).items() if a.get("aria-current")] == [place]


@pytest.mark.parametrize("kind", ["inherent", "residual", "target"])
def test_the_list_it_leads_to_holds_exactly_these(kind, sign_in, risks, risk_manager):
    client = sign_in(risk_manager)
    for place, count in counts(page(client, kind=kind)).items():
        html = page(client, kind=kind, probability=place[0], impact=place[1])
        there = client.get(link(html, "Open in the list"))
        assert sorted(risk.code for risk in there.context["page"]) == sorted(codes(html))
        assert len(codes(html)) == count


def test_the_list_says_which_cell_and_leads_out_of_it(sign_in, risks, risk_manager):
    client = sign_in(risk_manager)
    there = client.get("/risks/?kind=inherent&probability=5&impact=4&department=CLEAN")
    assert there.context["cell"] == ("Inherent 5,4", "?department=CLEAN")
    assert "Scores <b>Inherent 5,4</b>" in there.content.decode()
    assert [risk.code for risk in there.context["page"]] == ["R001"]


def test_those_not_rated_are_one_step_away(sign_in, risks, risk_manager):
    client = sign_in(risk_manager)
    for query, words, expected in (
        ("?department=CLEAN", "1 not rated yet", ["R005"]),
        ("?department=CLEAN&kind=inherent", "1 not rated yet", ["R005"]),
        ("?department=CLEAN&kind=target", "3 without a target", ["R001", "R003", "R005"]),
    ):
        url = link(client.get(URL + query).content.decode(), words)
        there = client.get(url).context["page"]
        assert sorted(risk.code for risk in there) == expected


def test_an_empty_cell_opens_too(sign_in, risks, risk_manager):
    html = page(sign_in(risk_manager), probability=5, impact=5)
    assert codes(html) == []
    assert re.search(r'<h2 id="cell-title">0 risks</h2>', html)
    assert "Open in the list" not in html


@pytest.mark.parametrize(
    "query", ["?probability=6&impact=3", "?probability=4", "?impact=x", "?probability=４&impact=3"]
)
def test_a_cell_that_does_not_exist_opens_nothing(query, sign_in, risks, risk_manager):
    html = sign_in(risk_manager).get(URL + query).content.decode()
    assert "No cell chosen" in html
    assert counts(html) == {(4, 3): 2, (1, 5): 1, (2, 2): 1}


def test_a_long_list_is_cut_and_says_so(sign_in, rated, risk_manager):
    for _n in range(21):
        rated((1, 1), (1, 1))
    html = page(sign_in(risk_manager), probability=1, impact=1)
    assert len(codes(html)) == 20
    assert shown_by_list(sign_in(risk_manager), link(html, "All 21 in the list")) == 21


@pytest.mark.parametrize(
    ("kind", "order"), [("inherent", ["R002", "R001"]), ("residual", ["R002"])]
)
def test_the_order_of_other_kinds_is_the_same(kind, order, sign_in, rated, risk_manager):
    """By the residual level, whatever is counted."""
    rated((4, 4), (1, 1))
    rated((4, 4), (4, 4))
    assert codes(page(sign_in(risk_manager), kind=kind, probability=4, impact=4)) == order
