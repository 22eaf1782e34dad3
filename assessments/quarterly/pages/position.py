"""Section 4: where the risks stand on the matrix, and what moved them there."""

from typing import Any

from django.utils.translation import gettext, ngettext

from assessments.matrix import is_rare_and_severe
from assessments.quarterly.pages.book import Book
from assessments.quarterly.pages.line import RiskLine
from riskhub.reports.charts.grid import Place
from riskhub.reports.charts.heat_map import heat_map
from riskhub.reports.charts.moves import MOST_MOVES, Move, gather_moves, move_map

HIGH_SCORE = 4
MOST_ROWS = 40
"""Of a list that appendix A repeats."""


def position_page(book: Book) -> dict[str, Any]:
    both_high = [risk for risk in book.rated if min(risk.residual or (0, 0)) >= HIGH_SCORE]
    rare = [risk for risk in book.rated if is_rare_and_severe(*(risk.residual or (0, 0)))]
    moved = [risk for risk in book.risks if risk.has_moved]
    strict = [risk for risk in book.risks if risk.is_above_area and not risk.is_above]
    by_controls = _moves([risk for risk in book.above if risk.inherent != risk.residual])
    over_time = gather_moves(
        Move(short_code(risk), risk.last, risk.residual)
        for risk in moved
        if risk.last and risk.residual
    )
    return {
        "key": gettext(
            "Above the line: %(above)d; high-high: %(both)d; rare but severe: %(rare)d; above the "
            "stricter line of their area only: %(strict)d."
        )
        % {
            "above": len(book.above),
            "both": len(both_high),
            "rare": len(rare),
            "strict": len(strict),
        },
        "heat_map": _heat_map(book),
        "levels": book.levels_from_top,
        "against": _against(book),
        "both_high": both_high,
        "rare": rare[:MOST_ROWS],
        "rare_count": len(rare),
        "above": book.above[:MOST_ROWS],
        "above_count": len(book.above),
        "moved": moved,
        "controls_map": _map(book, by_controls),
        "controls_count": len(by_controls),
        "time_map": _map(book, over_time, is_over_time=True),
        "most": MOST_MOVES,
        "has_last": book.snapshot["levels_last"] is not None,
        "unchanged": sum(bool(risk.last) for risk in book.risks) - len(moved),
    }


def short_code(risk: RiskLine) -> str:
    """`011`: the letter that all codes share says nothing in a picture."""
    return risk.code.removeprefix("R")


def _moves(risks: list[RiskLine]) -> list[Move]:
    return gather_moves(
        Move(short_code(risk), risk.inherent, risk.residual)
        for risk in risks
        if risk.inherent and risk.residual
    )


def _heat_map(book: Book) -> str:
    codes: dict[Place, list[str]] = {}
    for risk in sorted(book.above, key=lambda risk: risk.code):
        if risk.residual:
            codes.setdefault(risk.residual, []).append(short_code(risk))
    words = ngettext(
        "Heat map: residual position of %(count)d risk",
        "Heat map: residual position of %(count)d risks",
        len(book.rated),
    )
    title = words % {"count": len(book.rated)}
    return heat_map(book.matrix, book.cells(book.rated), title=title, codes=codes)


def _map(book: Book, moves: list[Move], *, is_over_time: bool = False) -> str:
    if not moves:
        return ""
    if is_over_time:
        title = ngettext(
            "Last report to this report: %(count)d move",
            "Last report to this report: %(count)d moves",
            len(moves),
        )
    else:
        title = ngettext(
            "Inherent to residual: %(count)d move of risks above the line",
            "Inherent to residual: %(count)d moves of risks above the line",
            len(moves),
        )
    words = title % {"count": len(moves)}
    return move_map(book.matrix, moves, title=words, is_over_time=is_over_time)


def _against(book: Book) -> list[dict[str, Any]]:
    """Inherent level (rows) against residual level (columns), the highest first."""
    rows = []
    for inherent in book.levels_from_top:
        found = [risk for risk in book.rated if risk.level_inherent == inherent]
        counts = [
            sum(risk.level == residual for risk in found) for residual in book.levels_from_top
        ]
        rows.append({"level": inherent, "counts": counts, "total": len(found)})
    return rows
