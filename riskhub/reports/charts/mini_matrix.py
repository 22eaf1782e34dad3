"""One risk on a small matrix: ring inherent, dot residual, diamond target."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from riskhub.reports.charts.grid import Matrix, Place
from riskhub.reports.charts.svg import EDGE, INK, PAPER, SOFT, circle, path, picture, text

CELL = 19


def mini_matrix(
    matrix: Matrix,
    *,
    code: str,
    residual: Place,
    inherent: Place | None = None,
    target: Place | None = None,
) -> SafeString:
    marks = _marks(matrix, inherent, residual, target)
    return _board(matrix, _title(code, inherent, residual, target), marks)


def mini_map(matrix: Matrix, title: str) -> SafeString:
    """The levels alone, without a risk."""
    return _board(matrix, title)


def _board(matrix: Matrix, title: str, marks: str = "") -> SafeString:
    rows = len(matrix.impact)
    parts = [_square(matrix, place) for place in matrix.places()]
    for step in matrix.impact:
        y = _corner(matrix, (1, step.score))[1]
        parts.append(text(7, y + 12.5, step.score, size=9, fill=SOFT, css="sub"))
    for step in matrix.probability:
        x = _corner(matrix, (step.score, 1))[0]
        parts.append(text(x + 9, rows * CELL + 12, step.score, size=9, fill=SOFT, css="sub"))
    width = 16 + len(matrix.probability) * CELL
    return picture(width, rows * CELL + 16, title, "".join([*parts, marks]), css="rh-mini")


def _corner(matrix: Matrix, place: Place) -> tuple[float, float]:
    return 14 + (place[0] - 1) * CELL, 2 + (len(matrix.impact) - place[1]) * CELL


def _square(matrix: Matrix, place: Place) -> str:
    (x, y), level = _corner(matrix, place), matrix.level(place)
    edge = f' stroke="{EDGE}" stroke-width=".5"' if level.rank == 0 else ""
    return (
        f'<rect class="m-{level.code}" x="{x:g}" y="{y:g}" width="{CELL - 1}" '
        f'height="{CELL - 1}" fill="{level.fill}"{edge}/>'
    )


def _marks(matrix: Matrix, inherent: Place | None, residual: Place, target: Place | None) -> str:
    def middle(place: Place) -> tuple[float, float]:
        x, y = _corner(matrix, place)
        return x + 9, y + 9

    here, lines, ends = middle(residual), "", ""
    if target and target != residual:
        x, y = middle(target)
        lines += _way(here, (x, y), "2.5 2")
        d = f"M{x} {y - 5.6}L{x + 5.6} {y}L{x} {y + 5.6}L{x - 5.6} {y}Z"
        ends += path(d, width=1.2, fill=PAPER, css="tgt")
    if inherent and inherent != residual:
        x, y = middle(inherent)
        lines += _way((x, y), here, "")
        ends += circle(x, y, 4.5, fill=PAPER, stroke=INK, width=1.3)
    return lines + ends + circle(*here, 6, fill=INK, stroke=PAPER, width=1.6)


def _way(start: tuple[float, float], end: tuple[float, float], dash: str) -> str:
    d = f"M{start[0]:g} {start[1]:g}L{end[0]:g} {end[1]:g}"
    return path(d, stroke=PAPER, width=3.4) + path(d, width=1.3, dash=dash)


def _title(code: str, inherent: Place | None, residual: Place, target: Place | None) -> str:
    def cell(place: Place | None) -> str:
        return f"({place[0]}, {place[1]})" if place else gettext("none")

    return gettext("%(code)s: inherent %(inherent)s, residual %(residual)s, target %(target)s") % {
        "code": code,
        "inherent": cell(inherent),
        "residual": cell(residual),
        "target": cell(target),
    }
