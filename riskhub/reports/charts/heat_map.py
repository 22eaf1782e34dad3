"""The heat map: how many risks stand in each cell. One drawing for the page and the PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from riskhub.reports.charts.grid import PRINT, Grid, Layout, Matrix, Place
from riskhub.reports.charts.levels import glyph, tiles
from riskhub.reports.charts.svg import BOLD, picture, text

MOST_CODES = 4


@dataclass(frozen=True, slots=True)
class Link:
    """Where a cell leads; `is_current` marks the cell that is open beside the picture.

    `attributes` are what the page's scripts need on the link, by name.
    """

    href: str
    is_current: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


def heat_map(
    matrix: Matrix,
    counts: Mapping[Place, int],
    *,
    title: str,
    layout: Layout = PRINT,
    codes: Mapping[Place, Sequence[str]] | None = None,
    links: Mapping[Place, Link] | None = None,
    notes: Mapping[Place, str] | None = None,
) -> SafeString:
    """Draw the counts; `codes` name the risks in a cell, `links` make cells of it to press.

    `notes` say what is special about a cell in two or three words.
    """
    grid, links, notes = Grid(matrix, layout), links or {}, notes or {}
    cells = ""
    for place in matrix.places():
        count, note = counts.get(place, 0), notes.get(place, "")
        words = describe_cell(matrix, place, count, note)
        drawn = _cell(grid, place, count, (codes or {}).get(place, ()), note)
        cells += _linked(grid, place, words, links.get(place), drawn)
    ground = tiles(matrix.levels) if layout.prints_patterns else ""
    body = ground + cells + f'<g class="rh-through">{grid.appetite()}</g>{grid.axes()}'
    height = grid.below_axis
    if layout.has_legend:
        body += grid.legend(height + 14)
        height += 22
    return picture(grid.width + 6, height, title, body, css=layout.css, is_group=bool(links))


def describe_cell(matrix: Matrix, place: Place, count: int, note: str = "") -> str:
    """The cell in words, for those who do not see it."""
    risks = ngettext("%(count)d risk", "%(count)d risks", count) % {"count": count}
    words = gettext("Probability %(probability)d, impact %(impact)d, %(level)s: %(risks)s") % {
        "probability": place[0],
        "impact": place[1],
        "level": matrix.level(place).name,
        "risks": risks,
    }
    return f"{words} ({note})" if note else words


def _linked(grid: Grid, place: Place, words: str, link: Link | None, cell: str) -> str:
    words = escape(words)
    if link is None:
        return f"<g><title>{words}</title>{cell}</g>"
    current = ' aria-current="true"' if link.is_current else ""
    others = "".join(f' {name}="{escape(value)}"' for name, value in link.attributes.items())
    return (
        f'<a href="{escape(link.href)}" aria-label="{words}"{current}{others}>'
        f"<title>{words}</title>{cell}{_ring(grid, place)}</a>"
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


def _cell(grid: Grid, place: Place, count: int, names: Sequence[str], note: str) -> str:
    """A narrow cell has no room for names or a note: its description has them."""
    if grid.layout.is_narrow:
        names, note = (), ""
    number = _count(grid, place, count, is_raised=bool(names or note))
    below = _names(grid, place, names) + _note(grid, place, note)
    return grid.ground(place) + _level(grid, place) + number + below


def _level(grid: Grid, place: Place) -> str:
    """Glyph and word; in a narrow cell the word stands above and the glyph beside the count."""
    (x, y), level, layout = grid.at(place), grid.matrix.level(place), grid.layout
    unit = layout.size / 10.5
    if layout.is_narrow:
        sign = glyph(level.rank, x + 11, y + layout.cell_height - 18, 4.4, level.ink)
        word = _word(grid, place, x + layout.cell_width / 2, y + 18, "middle")
    else:
        x, y = x + layout.inset, y + layout.inset
        sign = glyph(level.rank, x + 9 * unit, y + 10 * unit, 3.6 * unit, level.ink)
        word = _word(grid, place, x + 16 * unit, y + 13.4 * unit, "start")
    return f'<g class="g c-{level.code}">{sign}</g>{word}'


def _word(grid: Grid, place: Place, x: float, y: float, anchor: str) -> str:
    level, size = grid.matrix.level(place), round(grid.layout.size * 9 / 10.5, 1)
    return text(
        x, y, level.name,
        size=size, anchor=anchor, fill=level.ink, halo=grid.halo(level), css=f"t-{level.code}",
    )  # fmt: skip


def _count(grid: Grid, place: Place, count: int, *, is_raised: bool) -> str:
    (x, y), level, layout = grid.at(place), grid.matrix.level(place), grid.layout
    return text(
        x + layout.cell_width / 2 + (7 if layout.is_narrow else 0),
        y + grid.height_of(place[1]) * (0.66 if is_raised else 0.74),
        count or layout.nothing,
        size=layout.count_size if count else 12,
        weight=BOLD if count else 400,
        fill=level.ink,
        halo=grid.halo(level),
        css=f"{'n' if count else 'zero'} t-{level.code}",
    )


def _note(grid: Grid, place: Place, note: str) -> str:
    if not note:
        return ""
    (x, y), level = grid.at(place), grid.matrix.level(place)
    middle, line = x + grid.layout.cell_width / 2, y + grid.height_of(place[1]) - 11
    size = grid.layout.size - 1
    return text(
        middle, line, note,
        size=size, fill=level.ink, halo=grid.halo(level), css=f"note t-{level.code}",
    )  # fmt: skip


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
