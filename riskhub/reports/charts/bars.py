"""Bars whose parts are levels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from riskhub.reports.charts.levels import Level, glyph
from riskhub.reports.charts.svg import BOLD, picture, rect, text, width_of

PAGE_WIDTH = 642
"""The text width of an A4 page, 170 mm."""
HALF_WIDTH = 312
_GLYPH_ROOM, _SLIM_GLYPH_ROOM = 16, 11


@dataclass(frozen=True, slots=True)
class Bar:
    """`counts` by level rank; what has no level yet stands under None."""

    name: str
    counts: Mapping[int | None, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def level_bars(levels: Sequence[Level], bars: Sequence[Bar], *, title: str) -> SafeString:
    """Broad bars with the count and the word of each level, the highest first."""
    left = max([60.0] + [width_of(bar.name, 10.5) + 10 for bar in bars])
    top = max([1] + [bar.total for bar in bars])
    parts = []
    for number, bar in enumerate(bars):
        y, x = 4 + number * 29, left
        weight = 400 if number else BOLD
        parts.append(text(x - 6, y + 16, bar.name, anchor="end", weight=weight))
        for level in reversed(levels):
            width = (PAGE_WIDTH - left - 90) * bar.counts.get(level.rank, 0) / top
            parts.append(_part(level, x, y, width, bar.counts.get(level.rank, 0)))
            x += width
        words = gettext("%(count)d in all") % {"count": bar.total - bar.counts.get(None, 0)}
        parts.append(text(x + 7, y + 16, words, anchor="start"))
    return picture(PAGE_WIDTH, 8 + 29 * len(bars), title, "".join(parts))


def _part(level: Level, x: float, y: float, width: float, count: int) -> str:
    if not count:
        return ""
    bar = rect(x, y, max(width - 1.5, 1), 23, level.fill, edge=level.edge)
    if width < _GLYPH_ROOM:
        return bar
    sign = glyph(level.rank, x + 9, y + 11.5, 3.6, level.ink)
    fitting = (
        words
        for words in (f"{level.name} {count}", str(count))
        if _GLYPH_ROOM + width_of(words, 10.5) <= width
    )
    words = next(fitting, "")
    return bar + sign + text(x + 15, y + 16, words, anchor="start", weight=BOLD, fill=level.ink)


def stacked_bars(
    levels: Sequence[Level], bars: Sequence[Bar], *, title: str, width: float = HALF_WIDTH
) -> SafeString:
    """Slim bars, one line each: name, levels, total."""
    left = min(width * 0.6, max([40.0] + [width_of(bar.name, 9.5) + 8 for bar in bars]))
    top = max([1] + [bar.total for bar in bars])
    parts = []
    for number, bar in enumerate(bars):
        y, x = 2 + number * 18, left
        parts.append(text(left - 6, y + 11.5, bar.name, size=9.5, anchor="end"))
        for rank in [*(level.rank for level in reversed(levels)), None]:
            count = bar.counts.get(rank, 0)
            part = (width - left - 34) * count / top
            parts.append(_slim(None if rank is None else levels[rank], x, y, part, count))
            x += part
        parts.append(text(x + 5, y + 11.5, bar.total, size=9.5, anchor="start", weight=BOLD))
    return picture(width, 4 + 18 * len(bars), title, "".join(parts))


def _slim(level: Level | None, x: float, y: float, width: float, count: int) -> str:
    if not count:
        return ""
    if level is None:
        return rect(x, y, max(width - 0.8, 0.8), 14, "none", edge=0.8)
    bar = rect(x, y, max(width - 0.8, 0.8), 14, level.fill, edge=level.edge)
    return bar + (
        glyph(level.rank, x + 6, y + 7, 2.7, level.ink) if width > _SLIM_GLYPH_ROOM else ""
    )
