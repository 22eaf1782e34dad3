"""The matrix as a grid: probability to the right, impact upwards, the lowest cell bottom left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from riskhub.reports.charts.levels import Level, glyph, pattern, tiled
from riskhub.reports.charts.svg import BOLD, INK, PAPER, SOFT, path, rect, text, width_of

Place = tuple[int, int]
"""(probability, impact), each from 1."""


@dataclass(frozen=True, slots=True)
class Step:
    """One score of an axis. `hint` is the second line: what the score means in figures."""

    score: int
    name: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A scheme as charts need it. `cells` gives the level's rank; names are translated."""

    levels: Sequence[Level]
    probability: Sequence[Step]
    impact: Sequence[Step]
    cells: Mapping[Place, int]
    line_after: int = 1
    """The appetite line runs above this rank."""

    def level(self, place: Place) -> Level:
        return self.levels[self.cells[place]]

    def is_above(self, place: Place) -> bool:
        return self.cells.get(place, -1) > self.line_after

    def places(self) -> list[Place]:
        return [(p.score, i.score) for i in reversed(self.impact) for p in self.probability]


@dataclass(frozen=True, slots=True)
class Layout:
    """`css` names the class of the picture; a page's style sheet does the rest.

    A narrow layout has only the scores on its axes, and words and glyphs share small cells.
    `inset` keeps glyph and word clear of the ring around the current cell.
    """

    cell_width: float
    cell_height: float
    size: float
    count_size: float
    has_patterns: bool
    has_legend: bool
    css: str = ""
    nothing: str = "0"
    gap: float = 2
    is_narrow: bool = False
    inset: float = 0
    prints_patterns: bool = False
    """They are there and the style sheet shows them on paper alone."""


PRINT = Layout(84, 52, 10.5, 19, has_patterns=True, has_legend=True)
SCREEN = Layout(
    112, 88, 12, 22, has_patterns=False, has_legend=False, css="rh-matrix", nothing="·", inset=5,
    prints_patterns=True,
)  # fmt: skip
PHONE = Layout(
    56, 56, 12, 18, has_patterns=False, has_legend=False, css="rh-matrix rh-matrix-small",
    nothing="·", is_narrow=True,
)  # fmt: skip


class Grid:
    """Geometry and ground of one picture; `heights` gives rows of their own heights."""

    top = 6.0

    def __init__(
        self, matrix: Matrix, layout: Layout, *, heights: Mapping[int, float] | None = None
    ) -> None:
        self.matrix, self.layout = matrix, layout
        self.heights = heights or {}
        self.across, self.upwards = self._steps(matrix.probability), self._steps(matrix.impact)
        labels = [f"{step.score} {step.name}" for step in self.upwards]
        hints = [width_of(step.hint, layout.size - 1) for step in self.upwards]
        widest = max([width_of(label, layout.size) for label in labels] + hints)
        self.left = round(widest + 2 * layout.size + 8)
        self.columns, self.rows = len(matrix.probability), len(matrix.impact)
        self.width = self.left + self.columns * (layout.cell_width + layout.gap)

    def _steps(self, steps: Sequence[Step]) -> Sequence[Step]:
        return [Step(step.score, "") for step in steps] if self.layout.is_narrow else steps

    def height_of(self, impact: int) -> float:
        return self.heights.get(impact, self.layout.cell_height)

    def at(self, place: Place) -> tuple[float, float]:
        """The upper left corner of a cell."""
        probability, impact = place
        above = sum(
            self.height_of(row) + self.layout.gap for row in range(impact + 1, self.rows + 1)
        )
        x = self.left + (probability - 1) * (self.layout.cell_width + self.layout.gap)
        return x, self.top + above

    def halo(self, level: Level) -> str:
        """The ground below digits, where a pattern would cross them."""
        has_patterns = self.layout.has_patterns or self.layout.prints_patterns
        return level.fill if has_patterns else ""

    @property
    def bottom(self) -> float:
        return self.at((1, 1))[1] + self.height_of(1)

    @property
    def below_axis(self) -> float:
        """Where the next thing under the axis may begin."""
        lines = 2 + any(step.hint for step in self.across)
        return self.bottom + lines * (self.layout.size + 5) + 6

    def ground(self, place: Place, *, is_pale: bool = False) -> str:
        (x, y), level = self.at(place), self.matrix.level(place)
        width, height = self.layout.cell_width, self.height_of(place[1])
        if is_pale:
            sign = glyph(level.rank, x + 8, y + 9, 3.2, SOFT)
            return rect(x, y, width, height, level.pale, edge=0.8) + sign
        square = rect(x, y, width, height, level.fill, edge=level.edge, css=f"m-{level.code}")
        if self.layout.prints_patterns:
            return square + tiled(level, x, y, width, height)
        return square + (pattern(level, x, y, width, height) if self.layout.has_patterns else "")

    def axes(self) -> str:
        size, left = self.layout.size, self.left
        parts = []
        for step in self.upwards:
            middle = self.at((1, step.score))[1] + self.height_of(step.score) / 2
            parts += _label(step, left - 7, middle + size * 0.4, size, "end")
        for step in self.across:
            middle = self.at((step.score, 1))[0] + self.layout.cell_width / 2
            parts += _label(step, middle, self.bottom + size + 3, size, "middle")
        across = (left + self.width) / 2
        parts.append(self._title(gettext("Probability →"), across, self.below_axis - 6))
        return "".join(parts) + self._turned(gettext("Impact →"))

    def _title(self, words: str, x: float, y: float) -> str:
        return text(x, y, words, size=self.layout.size, weight=BOLD, css="ax")

    def _turned(self, words: str) -> str:
        middle = (self.top + self.bottom) / 2
        place = f"translate({self.layout.size + 1:g} {middle:.1f}) rotate(-90)"
        return f'<g transform="{place}">{self._title(words, 0, 0)}</g>'

    def appetite(self) -> str:
        """The line between what is tolerated and what needs a plan, with a halo."""
        d = "".join(self._edges(place) for place in self.matrix.places())
        if not d:
            return ""
        return path(d, stroke=PAPER, width=5, css="rh-line-halo") + path(
            d, stroke=INK, width=2.4, css="rh-line"
        )

    def _edges(self, place: Place) -> str:
        """The left and lower edge of a cell above the line whose neighbour is not."""
        if not self.matrix.is_above(place):
            return ""
        (probability, impact), (x, y) = place, self.at(place)
        half, width, height = self.layout.gap / 2, self.layout.cell_width, self.height_of(impact)
        d = ""
        if probability > 1 and not self.matrix.is_above((probability - 1, impact)):
            d += f"M{x - half:.1f} {y - half:.1f}V{y + height + half:.1f}"
        if impact > 1 and not self.matrix.is_above((probability, impact - 1)):
            d += f"M{x - half:.1f} {y + height + half:.1f}H{x + width + half:.1f}"
        return d

    def legend(self, y: float) -> str:
        parts, x = [], float(self.left)
        for level in self.matrix.levels:
            parts.append(rect(x, y - 11, 20, 14, level.fill, edge=0.6))
            parts.append(glyph(level.rank, x + 10, y - 4, 3.6, level.ink))
            parts.append(text(x + 25, y, level.name, size=10, anchor="start"))
            x += 40 + width_of(level.name, 10)
        if self.layout.is_narrow:
            x, y = float(self.left) - 4, y + 17
        parts.append(path(f"M{x + 4:.1f} {y - 4:.1f}h24", width=2.4))
        parts.append(text(x + 34, y, gettext("appetite line"), size=10, anchor="start"))
        return "".join(parts)


def _label(step: Step, x: float, y: float, size: float, anchor: str) -> list[str]:
    words = f"{step.score} {step.name}".rstrip()
    if not step.hint:
        return [text(x, y, words, size=size, anchor=anchor, css="ax")]
    lift = size * 0.6 if anchor == "end" else 0
    return [
        text(x, y - lift, words, size=size, anchor=anchor, css="ax"),
        text(x, y - lift + size + 3, step.hint, size=size - 1, anchor=anchor, fill=SOFT, css="sub"),
    ]
