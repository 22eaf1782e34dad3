"""Where risks moved on the matrix: from inherent to residual, or from quarter to quarter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from riskhub.reports.charts.grid import PRINT, Grid, Layout, Matrix, Place
from riskhub.reports.charts.svg import BOLD, INK, PAPER, circle, path, picture, text, width_of

MOST_MOVES = 20
LEAST_HEIGHT = 34.0
NARROW = Layout(54, 44, 11, 18, has_patterns=False, has_legend=True, is_narrow=True)
"""For a phone: whole without scrolling, with scores alone on the axes and larger labels."""


@dataclass(frozen=True, slots=True)
class Move:
    """`label` names the risk, or counts the risks that made the same move."""

    label: str
    start: Place
    end: Place

    @property
    def is_worse(self) -> bool:
        return sum(self.end) > sum(self.start)


@dataclass(frozen=True, slots=True)
class Stroke:
    dash: str
    width: float
    is_hollow: bool


SOLID, WORSE, BETTER = Stroke("", 1.5, False), Stroke("7 3", 2.3, False), Stroke("2 2.6", 1.5, True)


def gather_moves(moves: Iterable[Move]) -> list[Move]:
    """One arrow for each pair of cells, in the order of the first; many risks become a count."""
    groups: dict[tuple[Place, Place], list[Move]] = {}
    for move in moves:
        groups.setdefault((move.start, move.end), []).append(move)
    return [
        group[0] if len(group) == 1 else replace(group[0], label=f"×{len(group)}")
        for group in groups.values()
    ]


def move_map(
    matrix: Matrix,
    moves: Sequence[Move],
    *,
    title: str,
    is_over_time: bool = False,
    layout: Layout = PRINT,
) -> SafeString:
    """Draw the first MOST_MOVES arrows. Over time, worse and better differ in stroke and head."""
    shown = [move for move in moves if move.start != move.end][:MOST_MOVES]
    lanes = _lanes(shown)
    heights = {
        step.score: max(
            LEAST_HEIGHT, (_label_size(layout) + 4) * len(lanes.get(step.score, ())) + 8
        )
        for step in matrix.impact
    }
    grid = Grid(matrix, layout, heights=heights)
    ground = "".join(grid.ground(place, is_pale=True) for place in matrix.places())
    arrows = [_arrow(grid, lanes, index, move, is_over_time) for index, move in enumerate(shown)]
    body = ground + grid.appetite() + "".join(line for line, _ in arrows)
    body += "".join(tip for _, tip in arrows) + grid.axes()
    below = grid.below_axis + 14
    lowest = below + (36 if layout.is_narrow else 19)
    body += grid.legend(below) + _legend(grid.left, lowest, is_over_time=is_over_time)
    return picture(grid.width + 6, lowest + 9, title, body)


def _label_size(layout: Layout) -> float:
    return 10.5 if layout.is_narrow else 9


Lanes = dict[int, list[int]]
"""For each impact row, the moves that touch it, from top to bottom."""


def _lanes(moves: Sequence[Move]) -> Lanes:
    """Give every move its own lane in every row it touches, so no arrow covers another.

    Moves that end in the same column take turns with those of other columns, which keeps their
    numbers apart.
    """
    lanes: Lanes = {}
    for row in {row for move in moves for row in (move.start[1], move.end[1])}:
        queues: dict[int, list[int]] = {}
        for index, move in enumerate(moves):
            if row in {move.start[1], move.end[1]}:
                column = move.end[0] if move.end[1] == row else 0
                queues.setdefault(column, []).append(index)
        places = [
            ((position + 0.5) / len(queue) + number / 1000, index)
            for number, queue in enumerate(sorted(queues.values(), key=len, reverse=True))
            for position, index in enumerate(queue)
        ]
        lanes[row] = [index for _, index in sorted(places)]
    return lanes


def _point(grid: Grid, lanes: Lanes, index: int, place: Place, shift: float) -> tuple[float, float]:
    (x, y), row = grid.at(place), lanes[place[1]]
    lane = (grid.height_of(place[1]) - 2) * (row.index(index) + 0.5) / len(row)
    return x + grid.layout.cell_width * shift, y + 1 + lane


def _arrow(grid: Grid, lanes: Lanes, index: int, move: Move, is_over_time: bool) -> tuple[str, str]:
    """Return the line with its head, and the two ends that lie above all lines."""
    x0, y0 = _point(grid, lanes, index, move.start, 0.8)
    x1, y1 = _point(grid, lanes, index, move.end, 0.4)
    size = _label_size(grid.layout)
    half = width_of(move.label, size) / 2 + 4
    length = max(1.0, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    cut = min((half + 2) / max(abs(ux), 0.01), 7.2 / max(abs(uy), 0.01))
    tip = (x1 - ux * cut, y1 - uy * cut)
    stroke = SOLID if not is_over_time else WORSE if move.is_worse else BETTER
    line = _line((x0 + ux * 3.4, y0 + uy * 3.4), tip, (ux, uy), stroke)
    edge = 1.3 if is_over_time and move.is_worse else 0.7
    label = (
        f'<rect x="{x1 - half:.1f}" y="{y1 - size / 2 - 1.3:.1f}" width="{2 * half:.1f}" '
        f'height="{size + 2.6:g}" '
        f'rx="2.5" fill="{PAPER}" stroke="{INK}" stroke-width="{edge:g}"/>'
        + text(x1, y1 + size * 0.37, move.label, size=size, weight=BOLD)
    )
    return line, circle(x0, y0, 3, fill=PAPER, stroke=INK, width=1.2) + label


def _line(
    start: tuple[float, float],
    tip: tuple[float, float],
    unit: tuple[float, float],
    stroke: Stroke,
) -> str:
    (tx, ty), (ux, uy) = tip, unit
    d = f"M{start[0]:.1f} {start[1]:.1f}L{tx - ux * 7:.1f} {ty - uy * 7:.1f}"
    head = (
        f"M{tx:.1f} {ty:.1f}L{tx - ux * 8 - uy * 4:.1f} {ty - uy * 8 + ux * 4:.1f}"
        f"L{tx - ux * 8 + uy * 4:.1f} {ty - uy * 8 - ux * 4:.1f}Z"
    )
    return (
        path(d, stroke=PAPER, width=stroke.width + 2.6)
        + path(d, width=stroke.width, dash=stroke.dash)
        + path(head, fill=PAPER if stroke.is_hollow else INK)
    )


def _legend(x: float, y: float, *, is_over_time: bool) -> str:
    if is_over_time:
        entries = [(WORSE, pgettext("report", "higher")), (BETTER, pgettext("report", "lower"))]
    else:
        entries = [(SOLID, gettext("from inherent (ring) to residual (number)"))]
    parts = []
    for stroke, words in entries:
        parts.append(path(f"M{x:.1f} {y - 4:.1f}h26", width=stroke.width, dash=stroke.dash))
        head = PAPER if stroke.is_hollow else INK
        parts.append(path(f"M{x + 34:.1f} {y - 4:.1f}l-8 -4v8z", fill=head))
        parts.append(text(x + 41, y, words, size=10, anchor="start"))
        x += 60 + width_of(words, 10)
    return "".join(parts)
