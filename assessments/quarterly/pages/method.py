"""Section 15: the matrix, the rules, the data and the words."""

from typing import Any

from django.utils.translation import gettext, gettext_noop

from assessments.quarterly.pages.book import Book, span
from assessments.quarterly.pages.language import day, tr

DIMENSIONS = {
    "injury": gettext_noop("Injury"),
    "money": gettext_noop("Money"),
    "reputation": gettext_noop("Reputation"),
    "regulatory": gettext_noop("Regulatory"),
    "continuity": gettext_noop("Continuity"),
}
RULES = (
    gettext_noop(
        "The level of a risk is the level of its residual cell in the scheme in force; nobody can "
        "type it. Scores and levels are never averaged."
    ),
    gettext_noop(
        "The impact score is the worst of the dimensions. Probability counts events a year in the "
        "whole company, impact what one event costs."
    ),
    gettext_noop(
        "An assessment whose inherent or residual level is High or Critical counts only after "
        "another person has confirmed it."
    ),
    gettext_noop(
        "Order: level, priority index PI, impact, speed, oldest assessment, number. PI = P + I + "
        "0.5 × (B − 3); B is the business importance from 1 to 5."
    ),
    gettext_noop(
        "A plan is approved only in the wording that was submitted, by somebody who did not write "
        "it; its content hash is printed beside each decision."
    ),
)
DEFINITIONS = (
    (
        gettext_noop("inherent, residual, target"),
        gettext_noop(
            "No controls and no insurance counted; controls counted as they are; what the plan "
            "promises, with a date."
        ),
    ),
    (
        gettext_noop("appetite line"),
        gettext_noop(
            "Above it a risk needs a plan approved by management. Some areas have a stricter line."
        ),
    ),
    (
        gettext_noop("high-high"),
        gettext_noop("Probability and impact both 4 or 5."),
    ),
    (
        gettext_noop("rare but severe"),
        gettext_noop("Probability 1 or 2 and impact 5."),
    ),
    (
        gettext_noop("snapshot"),
        gettext_noop(
            "All data of this report, frozen at the moment in the foot. Both languages are made "
            "from it; its hash is printed on every page."
        ),
    ),
)


def method_page(book: Book) -> dict[str, Any]:
    part = book.snapshot["matrix"]
    impact = list(reversed(part["impact"]))
    return {
        "key": gettext(
            "Scheme %(number)d: %(cells)d cells, declared floors: %(floors)d; data sources: "
            "%(sources)d; known gaps: %(gaps)d."
        )
        % {
            "number": part["number"],
            "cells": len(book.matrix.cells),
            "floors": len(part["floors"]),
            "sources": len(book.snapshot["sources"]),
            "gaps": sum(bool(source["gap"]) for source in book.snapshot["sources"]),
        },
        "scheme": tr(part["name"]),
        "scheme_number": part["number"],
        "in_force_from": day(part["in_force_from"]),
        "probability": [
            {"band": band, "name": tr(band["name"]), "span": span(band)}
            for band in part["probability"]
        ],
        "rows": [
            {
                "score": band["score"],
                "name": tr(band["name"]),
                "span": span(band),
                "levels": [book.levels[word] for word in part["cells"][band["score"] - 1]],
            }
            for band in impact
        ],
        "levels": [
            {"level": book.levels[level["word"]], "demands": tr(level["demands"])}
            for level in reversed(part["levels"])
        ],
        "floors": [
            {
                "cell": (floor["cell"][0], floor["cell"][1]),
                "level": book.levels[floor["level"]],
                "reason": tr(floor["reason"]),
            }
            for floor in part["floors"]
        ],
        "area_lines": [
            {"area": book.name("areas", area), "level": book.levels[word]}
            for area, word in part["area_lines"].items()
        ],
        "likelihoods": [
            {"score": band["score"], "name": tr(band["name"]), "text": _anchor(band, "text")}
            for band in part["probability"]
        ],
        "dimensions": [gettext(name) for code, name in DIMENSIONS.items() if code != "money"],
        "anchors": [
            {
                "score": band["score"],
                "name": tr(band["name"]),
                "texts": [_anchor(band, code) for code in DIMENSIONS if code != "money"],
            }
            for band in impact
        ],
        "rules": [gettext(rule) for rule in RULES],
        "definitions": [(gettext(term), gettext(meaning)) for term, meaning in DEFINITIONS],
        "sources": [
            {
                "name": tr(source["name"]),
                "rows": source["rows"],
                "last_on": day(source["last_on"]),
                "gap": tr(source["gap"]) or gettext("none"),
            }
            for source in book.snapshot["sources"]
        ],
    }


def _anchor(band: Any, code: str) -> str:  # noqa: ANN401 - a BandPart
    return tr(band["anchors"].get(code))
