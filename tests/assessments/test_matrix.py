import pytest
from django.db import connection

from assessments.matrix import QUALITATIVE_SCORES, SCORES, Cell, Grid, priority_index
from assessments.models import MatrixCell, MatrixScheme
from assessments.schemes.in_force import grid_in_force
from registers.choices import Level

# Spec 3.2, the rows as drawn: impact 5 on top, probability 1 to 5 from the left.
DRAWN = {
    5: "high high critical critical critical",
    4: "medium medium high critical critical",
    3: "low medium medium high critical",
    2: "low low medium medium high",
    1: "low low low medium medium",
}
CELLS = [
    (probability, impact, Level[word.upper()])
    for impact, words in DRAWN.items()
    for probability, word in enumerate(words.split(), start=1)
]


@pytest.fixture
def grid(db):
    return grid_in_force()


@pytest.mark.parametrize(("probability", "impact", "level"), CELLS)
def test_all_25_cells(grid, probability, impact, level):
    assert grid.cell(probability, impact) == Cell(probability, impact, level)


def test_there_are_25_cells_and_each_level_has_its_share(grid):
    levels = [grid.cell(p, i).level for p in SCORES for i in SCORES]
    assert len(levels) == 25 == MatrixCell.objects.count()
    assert [levels.count(level) for level in Level] == [6, 8, 5, 6]


def test_the_rule_is_the_sum_with_one_declared_floor(grid):
    limits = {4: 0, 6: 1, 7: 2, 10: 3}
    by_sum = {
        (p, i): next(level for top, level in limits.items() if p + i <= top)
        for p in SCORES
        for i in SCORES
    }
    different = {pair: grid.levels[pair] for pair in by_sum if by_sum[pair] != grid.levels[pair]}
    assert different == {(1, 5): Level.HIGH}
    assert [f["cell"] for f in MatrixScheme.objects.get().declared_floors] == [[1, 5]]


def test_the_low_cells_are_bottom_left(grid):
    """R-32: probability is the horizontal axis, so (5, 1) is not (1, 5)."""
    assert (grid.cell(1, 1).level, grid.cell(5, 5).level) == (Level.LOW, Level.CRITICAL)
    assert (grid.cell(5, 1).level, grid.cell(1, 5).level) == (Level.MEDIUM, Level.HIGH)


def test_high_and_high_is_critical(grid):
    high = QUALITATIVE_SCORES["H"]
    assert grid.cell(high, high).level == Level.CRITICAL


@pytest.mark.parametrize("pair", [(0, 1), (6, 1), (1, 0), (1, 6), (-1, 3)])
def test_there_is_no_other_cell(grid, pair):
    with pytest.raises(KeyError):
        grid.cell(*pair)


def test_not_rated_is_no_cell(grid):
    assert (grid.maybe_cell(None, None), grid.maybe_cell(3, None), grid.maybe_cell(None, 3)) == (
        None, None, None,
    )  # fmt: skip
    assert grid.maybe_cell(4, 3).pair == (4, 3)


@pytest.mark.parametrize(
    ("scores", "importance", "index"),
    [((3, 5), 5, 9.0), ((3, 4), 5, 8.0), ((5, 2), 4, 7.5), ((1, 5), 5, 7.0), ((5, 1), 4, 6.5)],
)
def test_the_examples_of_the_priority_index(db, scores, importance, index):
    """Spec 3.6: elder fall, data leak, property damage, gas leak, lateness. The database agrees."""
    assert priority_index(*scores, importance) == index
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.risk_priority(%s, %s, %s)", [*scores, importance])
        assert cursor.fetchone()[0] == index


def test_a_grid_is_made_of_rows():
    assert Grid.of(7, [(1, 1, 0), (1, 2, 3)]).cell(1, 2) == Cell(1, 2, 3)
