"""The heat map: how many risks stand in each cell. One drawing for the page and the PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from riskhub.reports.charts.grid import PRINT, Grid, Layout, Matrix, Place
from riskhub.reports.charts.levels import glyph
from riskhub.reports.charts.svg import BOLD, picture, text

MOST_CODES = 4


@dataclass(frozen=True, slots=True)
class Link:
    """Where a cell leads; `is_current` marks the cell that is open beside the picture."""

    href: str
    is_current: bool = False


def heat_map(
    matrix: Matrix,
    counts: Mapping[Place, int],
    *,
    title: str,
    layout: Layout = PRINT,
    codes: Mapping[Place, Sequence[str]] | None = None,
    links: Mapping[Place, Link] | None = None,
) -> SafeString:
    """Draw the counts; `codes` name the risks in a cell, `links` make cells of it to press."""
    grid = Grid(matrix, layout)
    cells = "".join(
        _linked(grid, place, counts, links or {}, _cell(grid, place, counts, codes or {}))
        for place in matrix.places()
    )
    body = cells + f'<g class="rh-through">{grid.appetite()}</g>{grid.axes()}'
    height = grid.below_axis
    if layout.has_legend:
        body += grid.legend(height + 14)
        height += 22
    return picture(grid.width + 6, height, title, body, css=layout.css, is_group=bool(links))


def describe_cell(matrix: Matrix, place: Place, count: int) -> str:
    """The cell in words, for those who do not see it."""
    risks = ngettext("%(count)d risk", "%(count)d risks", count) % {"count": count}
    return gettext("Probability %(probability)d, impact %(impact)d, %(level)s: %(risks)s") % {
        "probability": place[0],
        "impact": place[1],
        "level": matrix.level(place).name,
        "risks": risks,
    }


def _linked(
    grid: Grid, place: Place, counts: Mapping[Place, int], links: Mapping[Place, Link], cell: str
) -> str:
    words = escape(describe_cell(grid.matrix, place, counts.get(place, 0)))
    link = links.get(place)
    if link is None:
        return f"<g><title>{words}</title>{cell}</g>"
    current = ' aria-current="true"' if link.is_current else ""
    return (
        f'<a href="{escape(link.href)}" aria-label="{words}"{current}><title>{words}</title>'
        f"{cell}{_ring(grid, place)}</a>"
    )


def _ring(grid: Grid, place: Place) -> str:
    """The outline that focus, pointer and the current cell make visible."""
    x, y = grid.at(place)
    code = grid.matrix.level(place).code
    width, height = grid.layout.cell_width - 6, grid.height_of(place[1]) - 6
    return (
        f'<rect class="ring r-{code}" x="{x + 3:.1f}" y="{y + 3:.1f}" width="{width:g}" '
        f'height="{height:g}" rx="3" fill="none"/>'
    )


def _cell(
    grid: Grid, place: Place, counts: Mapping[Place, int], codes: Mapping[Place, Sequence[str]]
) -> str:
    names = codes.get(place, ())
    count = _count(grid, place, counts.get(place, 0), is_raised=bool(names))
    return grid.ground(place) + _level(grid, place) + count + _names(grid, place, names)


def _level(grid: Grid, place: Place) -> str:
    (x, y), level, unit = grid.at(place), grid.matrix.level(place), grid.layout.size / 10.5
    sign = glyph(level.rank, x + 9 * unit, y + 10 * unit, 3.6 * unit, level.ink)
    word = text(
        x + 16 * unit,
        y + 13.4 * unit,
        level.name,
        size=round(9 * unit, 1),
        anchor="start",
        fill=level.ink,
        halo=grid.halo(level),
        css=f"t-{level.code}",
    )
    return f'<g class="g c-{level.code}">{sign}</g>{word}'


def _count(grid: Grid, place: Place, count: int, *, is_raised: bool) -> str:
    (x, y), level, layout = grid.at(place), grid.matrix.level(place), grid.layout
    return text(
        x + layout.cell_width / 2,
        y + grid.height_of(place[1]) * (0.66 if is_raised else 0.74),
        count or layout.nothing,
        size=layout.count_size if count else 12,
        weight=BOLD if count else 400,
        fill=level.ink,
        halo=grid.halo(level),
        css=f"{'n' if count else 'zero'} t-{level.code}",
    )


def _names(grid: Grid, place: Place, names: Sequence[str]) -> str:
    if not names:
        return ""
    (x, y), level = grid.at(place), grid.matrix.level(place)
    middle, line = x + grid.layout.cell_width / 2, y + grid.height_of(place[1]) - 6
    return text(middle, line, _short(names), size=9, fill=level.ink, halo=grid.halo(level))


def _short(names: Sequence[str]) -> str:
    if len(names) <= MOST_CODES:
        return " ".join(names)
    kept = names[: MOST_CODES - 1]
    return f"{' '.join(kept)} +{len(names) - len(kept)}"
