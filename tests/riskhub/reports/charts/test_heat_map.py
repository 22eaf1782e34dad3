"""What a reader, a screen reader and a grey printer get from the heat map."""

from xml.etree import ElementTree as ET

import pytest

from riskhub.reports.charts.grid import PHONE, PRINT, SCREEN, Grid
from riskhub.reports.charts.heat_map import Link, describe_cell, heat_map

SVG = "{http://www.w3.org/2000/svg}"


def parse(markup):
    return ET.fromstring(markup)  # noqa: S314 - our own


def cells(root):
    """Title -> group, for every cell."""
    return {
        group.find(f"{SVG}title").text: group
        for tag in ("g", "a")
        for group in root.iter(f"{SVG}{tag}")
        if group.find(f"{SVG}title") is not None
    }


def test_probability_runs_right_impact_up_and_low_is_bottom_left(matrix):
    grid = Grid(matrix, PRINT)
    xs = [grid.at((p, 1))[0] for p in range(1, 6)]
    ys = [grid.at((1, i))[1] for i in range(1, 6)]
    assert xs == sorted(xs)
    assert ys == sorted(ys, reverse=True)
    assert matrix.cells[1, 1] == 0
    assert matrix.cells[5, 5] == 3


def test_every_cell_has_count_word_and_description(matrix):
    counts = {(p, i): 10 * p + i for p in range(1, 6) for i in range(1, 6)}
    root = parse(heat_map(matrix, counts, title="Heat map"))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == root.find(f"{SVG}title").text == "Heat map"
    found = cells(root)
    assert len(found) == 25
    for place, count in counts.items():
        group = found[describe_cell(matrix, place, count)]
        words = {text.text for text in group.iter(f"{SVG}text")}
        assert words == {str(count), matrix.level(place).name}


def test_description_says_the_number_of_risks(matrix):
    assert describe_cell(matrix, (1, 5), 1) == "Probability 1, impact 5, High: 1 risk"
    assert describe_cell(matrix, (2, 3), 0) == "Probability 2, impact 3, Medium: 0 risks"


def test_codes_are_named_and_the_rest_counted(matrix):
    codes = {(3, 5): ["001", "002", "003", "004", "005"], (1, 5): ["007"]}
    root = parse(heat_map(matrix, {(3, 5): 5, (1, 5): 1}, title="x", codes=codes))
    words = {text.text for text in root.iter(f"{SVG}text")}
    assert {"001 002 003 +2", "007"} <= words


def test_linked_cells_can_be_pressed_and_read(matrix):
    links = {place: Link(f"?p={place[0]}&i={place[1]}", place == (4, 3)) for place in matrix.cells}
    markup = heat_map(matrix, {(4, 3): 5}, title="Heat map", layout=SCREEN, links=links)
    root = parse(markup)
    assert root.attrib["role"] == "group"
    anchors = list(root.iter(f"{SVG}a"))
    assert len(anchors) == 25
    current = [a for a in anchors if a.get("aria-current")]
    assert [(a.get("href"), a.get("aria-label")) for a in current] == [
        ("?p=4&i=3", "Probability 4, impact 3, High: 5 risks")
    ]
    # From top to bottom, from left to right: the order of the Tab key.
    assert [a.get("href") for a in anchors][:2] == ["?p=1&i=5", "?p=2&i=5"]


def test_links_carry_what_scripts_need(matrix):
    links = {(1, 1): Link("/", attributes={"id": "cell", "data-x": '"<'})}
    anchor = next(parse(heat_map(matrix, {}, title="x", links=links)).iter(f"{SVG}a"))
    assert (anchor.get("id"), anchor.get("data-x")) == ("cell", '"<')


def test_a_note_is_seen_and_heard(matrix):
    notes = {(1, 5): "rare but severe"}
    group = cells(parse(heat_map(matrix, {(1, 5): 2}, title="x", layout=SCREEN, notes=notes)))[
        "Probability 1, impact 5, High: 2 risks (rare but severe)"
    ]
    assert "rare but severe" in {text.text for text in group.iter(f"{SVG}text")}


def test_a_narrow_picture_keeps_word_glyph_and_count(matrix):
    """The axes have only their scores, and no second lines; the description keeps the note."""
    notes = {(1, 5): "rare but severe"}
    root = parse(heat_map(matrix, {(1, 5): 12}, title="x", layout=PHONE, notes=notes))
    assert float(root.get("width")) < 343
    group = cells(root)["Probability 1, impact 5, High: 12 risks (rare but severe)"]
    assert {text.text for text in group.iter(f"{SVG}text")} == {"High", "12"}
    assert group.find(f"{SVG}g/{SVG}circle") is not None
    axes = [text.text for text in root.iter(f"{SVG}text") if text.get("class") in {"ax", "sub"}]
    assert sorted(axes) == sorted([*"12345" * 2, "Probability →", "Impact →"])


def test_a_page_may_not_be_given_style_or_script(matrix):
    evil = "<script>alert(1)</script>\"'"
    markup = heat_map(
        matrix, {}, title=evil, codes={(1, 1): [evil]}, links={(1, 1): Link(f"javascript:{evil}")}
    )
    assert "<script" not in markup
    assert "style=" not in markup
    parse(markup)


def test_levels_differ_in_grey_print(matrix):
    """Dots, diagonals and crosses; a page has them as three tiles, seen when it is printed."""
    printed, shown = (heat_map(matrix, {}, title="x", layout=layout) for layout in (PRINT, SCREEN))
    assert printed.count('stroke-linecap="round"') == 8
    assert "<pattern" not in printed
    assert (shown.count("<pattern"), shown.count('class="rh-tiled"')) == (3, 19)
    phone = heat_map(matrix, {}, title="x", layout=PHONE)
    assert "rh-tile" not in phone


@pytest.mark.parametrize("line_after", [0, 1, 2])
def test_the_appetite_line_separates_exactly(matrix, line_after):
    matrix = matrix.__class__(
        matrix.levels, matrix.probability, matrix.impact, matrix.cells, line_after
    )
    path = Grid(matrix, PRINT).appetite()
    edges = sum(
        matrix.is_above(place) != matrix.is_above(other)
        for place in matrix.cells
        for other in ((place[0] - 1, place[1]), (place[0], place[1] - 1))
        if other in matrix.cells
    )
    assert path.count("M") == 2 * edges  # the halo and the line


def test_without_anything_above_there_is_no_line(matrix):
    matrix = matrix.__class__(matrix.levels, matrix.probability, matrix.impact, matrix.cells, 3)
    assert Grid(matrix, PRINT).appetite() == ""


def test_a_narrow_picture_names_scores_only(matrix):
    root = parse(heat_map(matrix, {(2, 3): 4}, title="x", layout=PHONE, notes={(1, 5): "rare"}))
    words = {text.text.strip() for text in root.iter(f"{SVG}text")}
    assert words == {"1", "2", "3", "4", "5", "Low", "Medium", "High", "Critical", "·"} | {
        "Probability →", "Impact →",
    }  # fmt: skip


def test_a_note_stands_in_its_cell_and_in_its_description(matrix):
    root = parse(heat_map(matrix, {(1, 5): 2}, title="x", layout=SCREEN, notes={(1, 5): "rare"}))
    described = [title for title in cells(root) if "rare" in title]
    assert len(described) == 1
    assert "rare" in {text.text for text in root.iter(f"{SVG}text")}
