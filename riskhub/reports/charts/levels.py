"""How a level looks: fill, glyph and print pattern, so that colour never carries it alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from riskhub.reports.charts.svg import INK, PAPER, circle, is_dark, mix, path

PALE_SHARE = 0.26
HEAVY_SHARE = 0.86


@dataclass(frozen=True, slots=True)
class Level:
    """`rank` orders (0 is the lowest) and chooses glyph and pattern; `name` is translated."""

    rank: int
    code: str
    name: str
    fill: str
    ink: str

    @property
    def pale(self) -> str:
        return mix(self.fill, PAPER, PALE_SHARE)

    @property
    def tone(self) -> str:
        """The neighbouring tone in which the print pattern is drawn."""
        return mix(self.fill, PAPER if is_dark(self.fill) else "#000000", HEAVY_SHARE)

    @property
    def edge(self) -> float:
        """Only the lowest level is so light that its area needs an outline."""
        return 0.8 if self.rank == 0 else 0


def glyph(rank: int, x: float, y: float, radius: float = 4, fill: str = INK) -> str:
    """Ring, half disc, disc, triangle: drawn, so that no font is needed."""
    if rank > 2:  # noqa: PLR2004 - the triangle is for the highest level
        points = f"M{x:.1f} {y - radius:.1f}L{x + radius:.1f} {y + radius * 0.8:.1f}"
        return path(f"{points}H{x - radius:.1f}Z", stroke="none", width=0, fill=fill)
    inside = fill if rank == 2 else "none"  # noqa: PLR2004 - the full disc
    ring = circle(x, y, radius, fill=inside, stroke=fill, width=1.1)
    if rank != 1:
        return ring
    half = f"M{x:.1f} {y - radius:.1f}A{radius:g} {radius:g} 0 0 0 {x:.1f} {y + radius:.1f}Z"
    return ring + path(half, stroke="none", width=0, fill=fill)


def pattern(level: Level, x: float, y: float, width: float, height: float) -> str:
    """Nothing, dots, diagonals, crosses: what tells the levels apart in grey print."""
    return _PATTERNS[min(level.rank, len(_PATTERNS) - 1)](level.tone, x, y, width, height)


def tiled(level: Level, x: float, y: float, width: float, height: float) -> str:
    """The same for a page, where it is seen in print alone: a tile of `tiles`, not each of its dots."""
    if level.rank == 0:
        return ""
    return (
        f'<rect class="rh-tiled" x="{x:.1f}" y="{y:.1f}" width="{width:g}" height="{height:g}" '
        f'fill="url(#rh-tile-{level.rank})"/>'
    )


def tiles(levels: Iterable[Level]) -> str:
    """Once in each picture that has `tiled` cells."""
    found = (
        f'<pattern id="rh-tile-{level.rank}" width="9" height="9" patternUnits="userSpaceOnUse">'
        f'<path d="{_TILES[min(level.rank, len(_TILES) - 1)]}" stroke="{level.tone}" fill="none" '
        'stroke-width="1" stroke-linecap="round"/></pattern>'
        for level in levels
        if level.rank
    )
    return f"<defs>{''.join(found)}</defs>"


_TILES = ("", "M2 2h.01M6.5 6.5h.01", "M0 9L9 0", "M0 9L9 0M0 0L9 9")


def _nothing(_tone: str, _x: float, _y: float, _width: float, _height: float) -> str:
    return ""


def _dots(tone: str, x: float, y: float, width: float, height: float) -> str:
    points = "".join(
        f"M{x + across:.1f} {y + down:.1f}h.01"
        for number, down in enumerate(range(4, int(height), 8))
        for across in range(4 if number % 2 else 8, int(width), 8)
    )
    return f'<path d="{points}" stroke="{tone}" stroke-width="1.3" stroke-linecap="round"/>'


def _diagonals(tone: str, x: float, y: float, width: float, height: float) -> str:
    lines = "".join(
        f"M{x + a:.1f} {y + b:.1f}L{x + c:.1f} {y + d:.1f}" for a, b, c, d in _slants(width, height)
    )
    return path(lines, stroke=tone, width=0.8)


def _crosses(tone: str, x: float, y: float, width: float, height: float) -> str:
    rising = "".join(
        f"M{x + a:.1f} {y + height - b:.1f}L{x + c:.1f} {y + height - d:.1f}"
        for a, b, c, d in _slants(width, height)
    )
    return _diagonals(tone, x, y, width, height) + path(rising, stroke=tone, width=0.8)


def _slants(width: float, height: float, step: int = 9) -> list[tuple[float, float, float, float]]:
    """Slanting lines, cut at the edges of the cell."""
    return [
        (max(0, c - height), min(c, height), min(c, width), max(0, c - width))
        for c in range(step, int(width + height), step)
    ]


_PATTERNS: tuple[Callable[[str, float, float, float, float], str], ...] = (
    _nothing,
    _dots,
    _diagonals,
    _crosses,
)
