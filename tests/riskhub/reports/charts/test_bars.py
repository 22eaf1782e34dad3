from xml.etree import ElementTree as ET

from riskhub.reports.charts.bars import PAGE_WIDTH, Bar, level_bars, stacked_bars
from riskhub.reports.charts.mini_matrix import mini_matrix

SVG = "{http://www.w3.org/2000/svg}"


def words(markup):
    return [text.text for text in ET.fromstring(markup).iter(f"{SVG}text")]  # noqa: S314 - our own


def test_level_bars_name_counts_from_the_highest(matrix):
    bars = [Bar("This quarter", {0: 13, 1: 33, 2: 11, 3: 3, None: 2})]
    assert words(level_bars(matrix.levels, bars, title="x")) == [
        "This quarter", "3", "High 11", "Medium 33", "Low 13", "60 in all",
    ]  # fmt: skip


def test_bars_of_nothing_do_not_divide_by_zero(matrix):
    assert words(level_bars(matrix.levels, [Bar("None", {})], title="x")) == ["None", "0 in all"]
    assert words(stacked_bars(matrix.levels, [Bar("None", {})], title="x")) == ["None", "0"]


def test_stacked_bars_show_totals_with_the_unrated(matrix):
    bars = [Bar("运营部", {3: 1, None: 4}), Bar("IT", {0: 2})]
    markup = stacked_bars(matrix.levels, bars, title="x")
    assert words(markup) == ["运营部", "5", "IT", "2"]
    widths = [float(r.get("width")) for r in ET.fromstring(markup).iter(f"{SVG}rect")]  # noqa: S314
    assert len(widths) == 3
    assert max(widths) < PAGE_WIDTH


def test_mini_matrix_says_its_three_places(matrix):
    markup = mini_matrix(matrix, code="R011", residual=(3, 5), inherent=(4, 5), target=(2, 5))
    root = ET.fromstring(markup)  # noqa: S314 - our own
    assert root.attrib["aria-label"] == "R011: inherent (4, 5), residual (3, 5), target (2, 5)"
    assert len(list(root.iter(f"{SVG}circle"))) == 2  # ring and dot
    alone = mini_matrix(matrix, code="R011", residual=(3, 5), inherent=(3, 5))
    root = ET.fromstring(alone)  # noqa: S314 - our own
    assert root.attrib["aria-label"] == "R011: inherent (3, 5), residual (3, 5), target none"
    assert len(list(root.iter(f"{SVG}circle"))) == 1
