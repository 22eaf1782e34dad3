"""Appendix A: the full register, in tables short enough to be laid out quickly."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from assessments.quarterly.pages.book import Book
from assessments.quarterly.pages.line import RiskLine

MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Chunk:
    """One table of the appendix. `total` counts the whole group of which this is a part."""

    title: str
    total: int
    part: str
    rows: list[RiskLine]
    is_long: bool


def register_page(book: Book) -> dict[str, Any]:
    groups = _groups(book)
    chunks = [chunk for title, risks in groups for chunk in _cut(title, risks)]
    return {
        "key": gettext(
            "Open risks: %(risks)d; lists by responsible department: %(tables)d, each by number; the "
            "columns of the register come first."
        )
        % {"risks": len(book.risks), "tables": len(groups)},
        "chunks": chunks,
    }


def _groups(book: Book) -> list[tuple[str, list[RiskLine]]]:
    """By register and department, in the order of the names; inside by number."""
    registers = book.grouped(lambda risk: risk.part["register"], book.names["registers"])
    found = []
    for register in registers:
        departments = book.grouped(lambda risk: risk.part["department"], book.names["departments"])
        for department, risks in departments.items():
            own = [risk for risk in risks if risk.part["register"] == register]
            title = book.name("departments", department)
            if len(registers) > 1:
                title = f"{book.name('registers', register)} · {title}"
            if own:
                found.append((title, sorted(own, key=_number)))
    return found


def _number(risk: RiskLine) -> tuple[int, str]:
    digits = "".join(sign for sign in risk.code if sign.isdigit())
    return int(digits or 0), risk.code


def _cut(title: str, risks: list[RiskLine]) -> list[Chunk]:
    """WeasyPrint's time grows with the pages of one table."""
    parts = [risks[start : start + MOST_ROWS] for start in range(0, len(risks), MOST_ROWS)]
    return [
        Chunk(
            title,
            len(risks),
            f"{number} / {len(parts)}" if len(parts) > 1 else "",
            rows,
            is_long=True,
        )
        for number, rows in enumerate(parts, start=1)
    ]
