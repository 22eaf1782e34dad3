"""GET /matrix/: the counts, their scope and filters, and what they cost."""

import re
from importlib.resources import files

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registers.services import create_register
from tests.assessments.matrices import cautious, in_force
from tests.assessments.pages import htmx
from tests.assessments.views.heat_map_page import (
    EMPTY,
    PICTURE,
    SMALL,
    SPOKEN,
    SVG,
    URL,
    cells,
    codes,
    counts,
    link,
    page,
    rated,
    risks,
    shown_by_list,
    spoken,
)
from tests.builders import assess, make_risk

__all__ = ["rated", "risks"]
pytestmark = pytest.mark.django_db


def by_sql(kind, condition="state NOT IN ('closed', 'merged')"):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {kind}_probability, {kind}_impact FROM registers_risk WHERE {condition}"
        )
        rows = cursor.fetchall()
    found = {place: rows.count(place) for place in set(rows)}
    return found.pop((None, None), 0), found


# ---------- the picture ----------


def test_the_level_of_all_25_cells_is_that_of_the_scheme(sign_in, risks, risk_manager):
    text = (files("assessments") / "library" / "matrix.yaml").read_text("utf-8")
    rows = yaml.safe_load(text)["cells"]
    expected = {
        (probability, impact): rows[f"I{impact}"][probability - 1].capitalize()
        for probability, impact in EMPTY
    }
    said = spoken(page(sign_in(risk_manager)))
    assert {place: level for place, (level, _count) in said.items()} == expected


def test_another_scheme_in_force_gives_other_levels(sign_in, risks, risk_manager, approver):
    """The picture that a process keeps of a scheme is never shown for the next one."""
    before = spoken(page(sign_in(risk_manager)))
    assert before[2, 2][0] == "Low"
    in_force(by=risk_manager, approver=approver)
    said = spoken(page(sign_in(risk_manager)))
    assert {place: level for place, (level, _count) in said.items()} == {
        place: ("Low", "Medium", "High", "Critical")[level]
        for place, level in cautious().cells.items()
    }
    assert {place: count for place, (_level, count) in said.items()} == {
        place: count for place, (_level, count) in before.items()
    }
    assert "is never below High" not in page(sign_in(risk_manager), probability=1, impact=5)


@pytest.mark.parametrize("kind", ["inherent", "residual", "target"])
def test_the_numbers_are_those_of_the_database(kind, sign_in, risks, risk_manager):
    not_rated, expected = by_sql(kind)
    html = page(sign_in(risk_manager), kind=kind)
    assert counts(html) == expected
    words = "without a target" if kind == "target" else "not rated yet"
    assert f">{not_rated} {words}</a>" in html
    assert (kind, not_rated) in {("inherent", 1), ("residual", 1), ("target", 4)}


def test_picture_phone_picture_and_table_say_the_same(sign_in, risks, risk_manager):
    html = page(sign_in(risk_manager))
    table = re.search(r"<tbody>(.*?)</tbody>", html, re.DOTALL)[1]
    words = re.findall(r'aria-label="(.*?)"[^>]*>(\d+)</a>', table)
    in_table = {}
    for label, number in words:
        probability, impact, level, count, _note = SPOKEN.match(label).groups()
        assert count == number
        in_table[int(probability), int(impact)] = (level, int(count))
    assert in_table == spoken(html) == spoken(html, SMALL)
    assert len(in_table) == 25


def test_low_is_bottom_left_and_probability_runs_right(sign_in, risks, risk_manager):
    ground = {
        place: link.find(f"{SVG}rect") for place, link in cells(page(sign_in(risk_manager))).items()
    }
    assert float(ground[2, 1].get("x")) > float(ground[1, 1].get("x"))
    assert float(ground[1, 2].get("y")) < float(ground[1, 1].get("y"))


def test_the_rare_but_severe_cells_are_named_as_the_report_counts_them(
    sign_in, risks, risk_manager
):
    html = page(sign_in(risk_manager))
    labels = [link.get("aria-label") for link in cells(html).values()]
    assert sorted(label[:24] for label in labels if label.endswith("(rare but severe)")) == [
        "Probability 1, impact 5,", "Probability 2, impact 5,",
    ]  # fmt: skip
    assert "A death" not in html
    assert "Rare but catastrophic (a death) is never below High" in page(
        sign_in(risk_manager), probability=1, impact=5
    )


def test_levels_below_the_picture_add_up(sign_in, risks, risk_manager):
    client = sign_in(risk_manager)
    html = page(client)
    said = re.findall(r'href="([^"]*)" aria-label="(\w+): (\d+) risks?"', html)
    assert [(name, int(count)) for _url, name, count in said] == [
        ("Critical", 0), ("High", 3), ("Medium", 0), ("Low", 1)
    ]  # fmt: skip
    for url, _name, count in said:
        assert shown_by_list(client, url.replace("&amp;", "&")) == int(count)
    assert shown_by_list(client, link(html, "3 above the line, 75%")) == 3


# ---------- who sees what ----------


def test_the_auditor_sees_all(sign_in, risks, auditor):
    assert counts(page(sign_in(auditor))) == {(4, 3): 2, (1, 5): 1, (2, 2): 1}


def test_another_department_is_not_counted(sign_in, risks, head_repair, head_cleaning):
    assert counts(page(sign_in(head_repair))) == {(2, 2): 1}
    html = page(sign_in(head_repair), probability=4, impact=3)
    assert codes(html) == []
    assert "漏水" not in html
    assert "not rated" not in html
    assert counts(page(sign_in(head_cleaning))) == {(4, 3): 2, (1, 5): 1}


def test_another_department_cannot_be_asked_for(sign_in, risks, head_repair):
    html = page(sign_in(head_repair), department="OPS", probability=4, impact=3)
    assert "no longer exists, or it is not yours to see" in html
    assert PICTURE.search(html) is None
    assert codes(html) == []


def test_an_outsider_sees_nothing(sign_in, risks, outsider):
    html = page(sign_in(outsider), probability=4, impact=3)
    assert "No risks to see" in html
    assert (PICTURE.search(html), codes(html)) == (None, [])


def test_nobody_signed_in(sign_in, risks):
    response = sign_in().get(URL)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={URL}")


def test_it_is_only_read(sign_in, risk_manager):
    assert sign_in(risk_manager).post(URL).status_code == 405


def test_the_register_is_empty(sign_in, register, risk_manager):
    html = page(sign_in(risk_manager))
    assert "No risks yet" in html
    assert 'href="/risks/new/"' in html
    assert PICTURE.search(html) is None


# ---------- filters ----------


@pytest.fixture
def other_risk(risks, register, risk_manager, tech):
    """(1,1) in a register of its own."""
    other = create_register(by=risk_manager, code="OTHER", name_zh="其他", department=tech)
    assess(make_risk(other, by=risk_manager), (1, 1), (1, 1), by=risk_manager)


@pytest.mark.parametrize(
    ("query", "expected", "not_rated"),
    [
        ("", {(4, 3): 2, (1, 5): 1, (2, 2): 1, (1, 1): 1}, 1),
        ("department=CLEAN", {(4, 3): 2, (1, 5): 1}, 1),
        ("department=REPAIR&department=CLEAN", {(4, 3): 2, (1, 5): 1, (2, 2): 1}, 1),
        ("register=OTHER", {(1, 1): 1}, 0),
        ("level=high", {(4, 3): 2, (1, 5): 1}, 0),
        ("level=high&kind=inherent", {(2, 5): 1}, 0),
        ("level=low&level=none", {(2, 2): 1, (1, 1): 1}, 1),
        ("level=none&kind=target", {}, 5),
        ("q=钥匙", {(4, 3): 1}, 0),
        ("state=closed", {(3, 3): 1}, 0),
        ("state=all", {(4, 3): 2, (1, 5): 1, (2, 2): 1, (1, 1): 1, (3, 3): 1}, 1),
        ("view=above", {(4, 3): 2, (1, 5): 1}, 0),
    ],
)
def test_filtered_as_the_list(query, expected, not_rated, sign_in, other_risk, risk_manager):
    client = sign_in(risk_manager)
    response = client.get(f"{URL}?{query}")
    assert counts(response.content.decode()) == expected
    assert response.context["heat"].not_rated == not_rated
    assert shown_by_list(client, f"/risks/?{query}") == sum(expected.values()) + not_rated


def test_nothing_matches(sign_in, risks, risk_manager):
    html = page(sign_in(risk_manager), q="没有这样的")
    assert "No risks match" in html
    assert PICTURE.search(html) is None


# ---------- htmx, cost ----------


def test_the_part_and_only_that(sign_in, risks, risk_manager):
    query = {"probability": 4, "impact": 3, "state": "open", "kind": "residual"}
    response = sign_in(risk_manager).get(URL, query, **htmx("heat-map"))
    html = response.content.decode().strip()
    assert html.startswith('<div id="heat-map"')
    assert "<html" not in html
    assert "<h1" not in html
    assert (codes(html), counts(html)[4, 3]) == (["R001", "R002"], 2)
    assert response["HX-Push-Url"] == "/matrix/?probability=4&impact=3"


def test_a_part_that_is_not_of_this_page_is_the_page(sign_in, risks, risk_manager):
    response = sign_in(risk_manager).get(URL, **htmx("elsewhere"))
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["", "?probability=4&impact=3", "?kind=inherent&probability=5&impact=3"]
)
def test_as_many_queries_for_three_rows_as_for_one(query, sign_in, rated, risk_manager):
    client = sign_in(risk_manager)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(URL + query)
        return len(captured)

    rated((5, 3), (4, 3))
    client.get(URL)
    first = queries()
    for _n in range(2):
        rated((5, 3), (4, 3))
    assert queries() == first <= 12


def test_counting_reads_no_row(sign_in, risks, risk_manager):
    """One grouped query over the two scores: what an index of the scores answers alone."""
    client = sign_in(risk_manager)
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{URL}?department=CLEAN&register=SVC")
    grouped = [query["sql"] for query in captured if "GROUP BY" in query["sql"]]
    assert len(grouped) == 1
    named = set(re.findall(r'"registers_risk"\."(\w+)"', grouped[0]))
    assert named == {
        "residual_probability", "residual_impact", "state", "owner_department_id", "register_id"
    }  # fmt: skip
