"""The checks M1 to M10, by the figures of the shipped matrices."""

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.matrix_checks import Drawn, Severity, check_matrix
from assessments.matrix_checks.drawn import Floor
from assessments.matrix_checks.losses import diagonals, meanings
from assessments.matrix_checks.quality import wrong_and_tied
from assessments.schemes.presets import IMPROVED_PRODUCT
from tests.assessments.matrix_checks.drawings import (
    IMPACT,
    OPEN_ENDS,
    PROBABILITY,
    drawn,
    on_even_scales,
    severities,
)

ERROR, WARNING, INFO, SHOWN = Severity


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def found(drawing, code):
    return [one for one in check_matrix(drawing) if one.code == code]


def test_the_standard_matrix_has_no_fault_three_corners_and_one_declared_floor():
    corners, floor = found(drawn(), "M4"), found(drawn(), "M8")
    assert severities(drawn()) == {"M4": [INFO] * 3, "M8": [SHOWN], "M10": [SHOWN]}
    assert [one.cells for one in corners] == [
        ((2, 4), (3, 5)), ((3, 3), (4, 4)), ((4, 2), (5, 3)),
    ]  # fmt: skip
    assert floor[0].cells == ((1, 5),)
    assert floor[0].sentence == (
        "Declared floor: (1,5) is High. Rare but catastrophic (a death) is never below High"
    )


def test_levels_that_are_not_neighbours_are_apart_in_expected_loss():
    low, medium, high, critical = meanings(drawn())
    assert (low.most, high.least) == (10_000, pytest.approx(50_000))
    assert (medium.most, critical.least) == (250_000, 250_000)
    assert [one.cells for one in (low, medium, high, critical)] == [6, 8, 5, 6]
    assert high.floors == 1


def test_the_middles_say_what_the_levels_mean():
    middles = {one.total: one for one in diagonals(drawn())}
    for total, middle in ((4, 2_000), (5, 10_000), (6, 50_000), (7, 250_000), (8, 1_250_000)):
        assert middles[total].least == pytest.approx(middle)
        assert middles[total].most == pytest.approx(middle)
    assert [list(middles[total].levels) for total in (4, 5, 6, 7, 8)] == [
        [0], [1], [1, 2], [2], [3],
    ]  # fmt: skip


def test_the_quality_of_the_standard_matrix():
    wrong, tied = wrong_and_tied(drawn())
    assert round(100 * wrong, 1) == 1.2
    assert round(100 * tied, 1) == 25.8


def test_a_single_level_ties_every_pair_and_reverses_none():
    one = drawn(floors=(), **{f"c{p}{i}": 1 for p in range(1, 6) for i in range(1, 6)})
    assert wrong_and_tied(one) == (0, pytest.approx(1))


def test_the_map_belongs_to_its_scales():
    said = severities(on_even_scales())
    assert WARNING in {severity for group in said.values() for severity in group}
    assert not [one for one in check_matrix(on_even_scales()) if one.severity == ERROR]


def test_the_cautious_preset_passes_without_an_exception():
    assert {s for group in severities(drawn("cautious")).values() for s in group} <= {INFO, SHOWN}
    assert not found(drawn("cautious"), "M8")


def test_the_classic_product_is_told_about_four_by_four_and_offered_fifteen():
    (told,) = found(drawn("classic_product"), "M3")
    assert (told.severity, told.cells, told.offer) == (WARNING, ((4, 4),), IMPROVED_PRODUCT)
    assert "15" in told.sentence
    assert not found(drawn(IMPROVED_PRODUCT), "M3")
    assert not [one for one in check_matrix(drawn("classic_product")) if one.severity == ERROR]


@pytest.mark.parametrize(
    ("changed", "code", "severity", "cells"),
    [
        ({"c24": None}, "M1", ERROR, ((2, 4),)),
        ({"c24": 4}, "M1", ERROR, ((2, 4),)),
        ({"c33": 0}, "M2", ERROR, ((2, 3), (3, 3))),
        ({"c11": 1}, "M3", ERROR, ((1, 1),)),
        ({"c55": 2}, "M3", ERROR, ((5, 5),)),
        ({"c44": 2}, "M3", WARNING, ((4, 4),)),
        ({"c24": 0}, "M4", ERROR, ((2, 4), (3, 4))),
        ({"c34": 3, "c23": 0}, "M4", ERROR, ((2, 3), (3, 4))),
        ({"c15": 3}, "M5", ERROR, ((1, 5),)),
        ({"c51": 3}, "M5", ERROR, ((5, 1),)),
        ({"c14": 2}, "M7", WARNING, ((1, 4), (2, 4), (3, 3), (4, 2), (5, 1))),
        ({"c14": 2}, "M8", ERROR, ((1, 4),)),
        ({"c15": 1, "c25": 1}, "M8", WARNING, ((1, 5), (2, 5))),
    ],
)
def test_each_fault_is_named_with_its_cells(changed, code, severity, cells):
    told = found(drawn(**changed), code)
    assert (severity, cells) in [(one.severity, one.cells) for one in told]
    assert all(one.sentence and "%" not in one.sentence for one in told)


def test_one_cell_out_of_place_is_told_once():
    (low,) = found(drawn("cautious", c44=1), "M7")
    assert low.cells[-1] == (4, 4)
    assert len(low.cells) > 3
    (high,) = found(drawn("cautious", c21=3), "M7")
    assert high.cells[0] == (2, 1)
    assert high.sentence.startswith("(2,1) is Critical with a smaller expected loss than (1,")


def test_levels_that_overlap_name_the_cells():
    (told,) = found(drawn("classic_product", c25=3), "M6")
    assert all(f"({p},{i})" in told.sentence for p, i in told.cells)


def test_a_level_without_a_cell_is_warned_of():
    flat = drawn("cautious", **{f"c{p}{i}": 2 for p in (3, 4, 5) for i in (3, 4, 5)})
    assert "No cell is Critical." in [one.sentence for one in found(flat, "M1")]


@pytest.mark.parametrize(
    ("floor", "words"),
    [
        (Floor((1, 5), 2, ""), "(1,5) is a floor without a reason. Write one."),
        (Floor((1, 5), 3, "why"), "The floor of (1,5) says Critical, the cell has another level."),
    ],
)
def test_a_floor_has_the_level_of_its_cell_and_a_reason(floor, words):
    (told,) = found(drawn(floors=[floor]), "M8")
    assert (told.severity, told.sentence) == (ERROR, words)


def test_a_floor_that_is_not_declared_is_an_error():
    (told,) = found(drawn(floors=()), "M8")
    assert (told.severity, told.cells) == (ERROR, ((1, 5),))


def test_the_worst_impact_below_high_is_warned_of_by_its_cells():
    (told,) = found(drawn("classic_product"), "M8")
    assert (told.severity, told.cells) == (WARNING, ((1, 5),))
    assert told.sentence == ("The worst impact is never below High, however rare. Below it: (1,5).")
    assert not found(drawn("cautious"), "M8")


@pytest.mark.parametrize(
    ("bands", "severity", "words"),
    [
        (PROBABILITY[:4], ERROR, "five bands"),
        ([*PROBABILITY[:2], (2, 5), *PROBABILITY[3:]], ERROR, "band 2 does not end where band 3"),
        ([(None, 1), (1, 1), (1, 5), (5, 25), (25, None)], ERROR, "band 2 does not rise"),
        ([(None, 0), (0, 1), (1, 5), (5, 25), (25, None)], ERROR, "band 2 does not rise"),
        ([(None, None), (0.2, 1), (1, 5), (5, 25), (25, None)], ERROR, "band 1 does not end"),
        ([(None, 0.2), (0.2, 1), (1, 20), (20, 100), (100, None)], WARNING, "20.0 times"),
    ],
)
def test_bands_touch_and_increase(bands, severity, words):
    ends = OPEN_ENDS | {"probability": (0.01, 500)}
    (told,) = found(drawn(scales=(bands, IMPACT, ends)), "M9")
    assert told.severity == severity
    assert words in told.sentence


def test_levels_that_overlap_in_money_are_told():
    told = found(drawn("classic_product", c25=3), "M6")
    assert [one.severity for one in told] == [WARNING]
    even = on_even_scales()
    assert {one.severity for one in found(even, "M6")} == {WARNING}


def test_low_and_critical_that_overlap_are_an_error():
    bands = [(None, 2), (2, 2.1), (2.1, 2.2), (2.2, 2.3), (2.3, None)]
    ends = {"probability": (0.001, 2.4), "impact": (400, 1_250_000)}
    (told,) = [
        one
        for one in found(drawn(scales=(bands, IMPACT, ends), c41=0, c51=0, c14=3), "M6")
        if one.severity == ERROR
    ]
    assert (1, 4) in told.cells


def test_the_worst_comes_first():
    ranks = [one.severity.rank for one in check_matrix(drawn(c24=0, c44=2))]
    assert ranks == sorted(ranks)


ORDERLY = ("M2", "M3", "M4", "M5")
PLACES = sorted(((p, i) for p in range(1, 6) for i in range(1, 6)), key=sum)
LEVELS = st.lists(st.integers(0, 3), min_size=25, max_size=25)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(LEVELS, st.booleans())
def test_a_map_that_passes_m2_to_m5_rises_everywhere(levels, is_sorted):
    """Half of them sorted along the sum, or hardly any would pass."""
    cells = dict(zip(PLACES, sorted(levels) if is_sorted else levels, strict=True))
    said = check_matrix(Drawn(cells, PROBABILITY, IMPACT, OPEN_ENDS))
    if not any(one.severity == ERROR and one.code in ORDERLY for one in said):
        assert_rising(cells)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(PLACES), st.integers(0, 3), max_size=4))
def test_a_standard_matrix_with_a_few_cells_changed_rises_or_is_told_where_it_falls(changed):
    """Exactly: a map that falls is an error of M2, at the cells where it does."""
    drawing = drawn(**{f"c{p}{i}": level for (p, i), level in changed.items()})
    cells = drawing.cells
    falls = {
        (place, nearer)
        for place in PLACES
        for nearer in ((place[0] - 1, place[1]), (place[0], place[1] - 1))
        if nearer in cells and cells[nearer] > cells[place]
    }
    told = {frozenset(one.cells) for one in found(drawing, "M2")}
    assert told == {frozenset(pair) for pair in falls}
    if not any(one.severity == ERROR and one.code in ORDERLY for one in check_matrix(drawing)):
        assert_rising(cells)


def assert_rising(cells):
    for (p, i), level in cells.items():
        assert all(cells[q, j] >= level for q, j in PLACES if q >= p and j >= i)
    assert cells[1, 1] == 0 and cells[5, 5] == 3  # noqa: PT018 - both ends of one map
