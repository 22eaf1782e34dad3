from itertools import pairwise
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskhub.reports.charts.grid import PRINT, Grid
from riskhub.reports.charts.moves import MOST_MOVES, Move, _lanes, _point, gather_moves, move_map

SVG = "{http://www.w3.org/2000/svg}"
places = st.tuples(st.integers(1, 5), st.integers(1, 5))
moves = st.lists(
    st.builds(Move, st.sampled_from(["001", "017", "×3"]), places, places), max_size=20
)


def test_equal_moves_are_gathered_in_the_order_of_rank():
    gathered = gather_moves(
        [
            Move("001", (5, 5), (3, 5)),
            Move("002", (4, 4), (2, 4)),
            Move("003", (5, 5), (3, 5)),
        ]
    )
    assert gathered == [Move("×2", (5, 5), (3, 5)), Move("002", (4, 4), (2, 4))]


def test_only_the_first_moves_are_drawn(matrix):
    many = [Move(str(n), (5, 5), (1 + n % 4, 1 + n // 4 % 5)) for n in range(40)]
    root = ET.fromstring(move_map(matrix, many, title="x"))  # noqa: S314 - our own
    labels = {text.text for text in root.iter(f"{SVG}text")}
    assert {str(n) for n in range(MOST_MOVES)} <= labels
    assert "20" not in labels


def test_worse_and_better_differ_without_colour(matrix):
    worse = move_map(matrix, [Move("001", (1, 1), (2, 2))], title="x", is_over_time=True)
    better = move_map(matrix, [Move("001", (2, 2), (1, 1))], title="x", is_over_time=True)
    assert worse.count('stroke-dasharray="7 3"') == 2  # the arrow and its entry in the legend
    assert better.count('stroke-dasharray="7 3"') == 1
    assert better.count('stroke-dasharray="2 2.6"') == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(moves)
def test_no_two_numbers_lie_on_one_another(matrix, drawn):
    """In one column of one row, labels keep more than their height apart."""
    shown = [move for move in drawn if move.start != move.end]
    lanes = _lanes(shown)
    heights = {row: max(34, 13 * len(lanes.get(row, ())) + 8) for row in range(1, 6)}
    grid = Grid(matrix, PRINT, heights=heights)
    ends = {}
    for index, move in enumerate(shown):
        ends.setdefault(move.end, []).append(_point(grid, lanes, index, move.end, 0.4)[1])
    for ys in ends.values():
        assert all(b - a > 11.6 for a, b in pairwise(sorted(ys)))
