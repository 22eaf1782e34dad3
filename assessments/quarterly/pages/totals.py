"""Section 3: the register in numbers."""

from typing import Any

from django.utils.translation import gettext, ngettext

from assessments.quarterly.pages.book import Book
from assessments.quarterly.pages.language import day, share, tr
from assessments.quarterly.pages.line import RiskLine
from riskhub.reports.charts.bars import Bar, stacked_bars

MOST_BARS = 14


def totals_page(book: Book) -> dict[str, Any]:
    movement = book.snapshot["movement"]
    return {
        "key": _key(book) % movement,
        "levels": book.levels_from_top,
        "categories": _categories(book),
        "now": _row(book.counts(), book),
        "last": _row(last, book) if (last := book.snapshot["levels_last"]) else None,
        "by_area": _bars(book, "areas", gettext("Risks by area"), "area"),
        "by_department": _bars(
            book, "departments", gettext("Risks by responsible department"), "department"
        ),
        "by_source": _bars(book, "sources", gettext("Risks by source"), "source"),
        "by_register": _bars(book, "registers", gettext("Risks by register"), "register"),
        "has_registers": len({risk.part["register"] for risk in book.risks}) > 1,
        "movement": movement,
        "accepted_share": share(movement["proposals_accepted"], movement["proposals"]),
        "closed": [
            {**item, "title": tr(item["name"]), "on": day(item["closed_on"])}
            for item in book.snapshot["closed"]
        ],
    }


def _key(book: Book) -> str:
    if book.frozen:
        return gettext(
            "In the quarter the register went from %(open_at_start)d to %(open_at_end)d open risks: "
            "%(new)d new, %(reopened)d reopened, %(closed)d closed, %(merged)d merged."
        )
    return gettext(
        "The register went from %(open_at_start)d to %(open_at_end)d open risks: %(new)d new, "
        "%(reopened)d reopened, %(closed)d closed, %(merged)d merged."
    )


def _categories(book: Book) -> list[dict[str, Any]]:
    groups = book.grouped(lambda risk: risk.part["category"], book.names["categories"])
    return [
        {"name": book.name("categories", code), **_row(book.counts(risks), book)}
        for code, risks in groups.items()
    ]


def _row(counts: dict[str, int], book: Book) -> dict[str, Any]:
    """Counts from the highest level down, then those without one, then all."""
    unrated = counts.get("unrated", 0)
    by_level = [counts.get(level.code, 0) for level in book.levels_from_top]
    return {"counts": [*by_level, unrated], "total": sum(by_level) + unrated}


def _bars(book: Book, kind: str, title: str, field: str) -> str:
    def key(risk: RiskLine) -> str:
        return str(risk.part[field] or "")  # type: ignore[literal-required]  # one of four fields

    groups = sorted(book.grouped(key, book.names[kind]).items(), key=lambda item: -len(item[1]))
    shown, rest = groups[:MOST_BARS], groups[MOST_BARS:]
    bars = [Bar(book.name(kind, code) or gettext("none"), _ranks(risks)) for code, risks in shown]
    if rest:
        others = [risk for _, risks in rest for risk in risks]
        words = ngettext("%(count)d other", "%(count)d others", len(rest)) % {"count": len(rest)}
        bars.append(Bar(words, _ranks(others)))
    return stacked_bars(list(book.levels.values()), bars, title=title)


def _ranks(risks: list[RiskLine]) -> dict[int | None, int]:
    found: dict[int | None, int] = {}
    for risk in risks:
        rank = risk.level.rank if risk.level else None
        found[rank] = found.get(rank, 0) + 1
    return found
