"""What a matrix says, as one value: map, scales, floors, appetite; and the one text that is hashed. Pure."""

import itertools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import Any

from assessments.choices import Dimension
from assessments.matrix import SCORES
from assessments.matrix_checks.drawn import Drawn, Ends, Floor, Place
from registers.choices import LEVEL_WORDS
from riskhub.accounts.bilingual import in_language

FORMAT, FORMAT_VERSION = "riskhub.matrix", 1
WORDED = (
    Dimension.INJURY, Dimension.REPUTATION, Dimension.REGULATORY, Dimension.CONTINUITY,
)  # fmt: skip
"""The dimensions of impact that are said in words; money is said by the limits."""


MONTHS_OF_CRITICAL = 1
"""Until the next review of what is Critical, whatever a matrix says."""


@dataclass(frozen=True)
class Words:
    zh: str = ""
    en: str = ""

    def __str__(self) -> str:
        return in_language(self.zh, self.en)

    @property
    def is_whole(self) -> bool:
        return bool(self.zh and self.en)


@dataclass(frozen=True)
class Step:
    """One score of an axis; `anchors` has one text for probability, one for each of `WORDED` for impact."""

    name: Words = Words()
    anchors: tuple[Words, ...] = ()


@dataclass(frozen=True)
class DeclaredFloor:
    place: Place
    reason: Words


@dataclass(frozen=True)
class Rule:
    """What a level asks for."""

    needs_plan: bool = False
    needs_approval: bool = False
    approval_days: int | None = None
    review_months: int | None = None
    needs_special_measures: bool = False
    needs_contingency: bool = False
    text: Words = Words()


@dataclass(frozen=True)
class SchemeContent:
    """`probability_limits` and `impact_limits` stand between the five bands of a scale, whose ends are open.

    `areas` gives the highest level that may stay there without a plan and an approval.
    """

    name: Words
    reference_orders: int
    probability_limits: tuple[Decimal, ...]
    impact_limits: tuple[Decimal, ...]
    probability: tuple[Step, ...]
    impact: tuple[Step, ...]
    cells: Mapping[Place, int]
    floors: tuple[DeclaredFloor, ...] = ()
    rules: tuple[Rule, ...] = ()
    areas: Mapping[str, int] = field(default_factory=dict)

    @property
    def drawn(self) -> Drawn:
        """As the checks need it."""
        return Drawn(
            cells=self.cells,
            probability=ends_of(self.probability_limits),
            impact=ends_of(self.impact_limits),
            open_ends={axis: (low, high) for axis, (low, high) in self.open_ends.items()},
            floors=[
                Floor(floor.place, self.cells.get(floor.place, -1), str(floor.reason))
                for floor in self.floors
            ],
        )

    @property
    def open_ends(self) -> dict[str, list[float]]:
        """Where the open bands are closed for arithmetic: one step out, as wide as the band beside it."""
        return {
            "probability": _one_step_out(self.probability_limits),
            "impact": _one_step_out(self.impact_limits),
        }

    @property
    def band_factor(self) -> Decimal:
        """The usual step between two bands."""
        ratios = [*_ratios(self.probability_limits), *_ratios(self.impact_limits)]
        return min(Decimal("999.99"), round(Decimal(median(ratios)), 2)) if ratios else Decimal(1)

    def as_json(self) -> dict[str, Any]:
        """The format of our own files and of the API."""
        return {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "name": _words(self.name),
            "reference_orders": self.reference_orders,
            "probability": {
                "limits": [_number(limit) for limit in self.probability_limits],
                "bands": [
                    {"name": _words(step.name), "anchor": _words(step.anchors[0])}
                    for step in self.probability
                ],
            },
            "impact": {
                "limits": [_number(limit) for limit in self.impact_limits],
                "bands": [
                    {"name": _words(step.name)}
                    | {d.value: _words(a) for d, a in zip(WORDED, step.anchors, strict=True)}
                    for step in self.impact
                ],
            },
            "cells": rows_of(self.cells),
            "floors": self.declared_floors,
            "appetite": {
                "levels": {LEVEL_WORDS[rank]: _rule(rule) for rank, rule in enumerate(self.rules)},
                "areas": {code: LEVEL_WORDS[level] for code, level in sorted(self.areas.items())},
            },
        }

    @property
    def declared_floors(self) -> list[dict[str, Any]]:
        """As the scheme keeps them."""
        return [
            {
                "cell": list(floor.place),
                "level": LEVEL_WORDS[self.cells[floor.place]],
                "reason": _words(floor.reason),
            }
            for floor in self.floors
        ]

    def canonical(self) -> str:
        """The same content gives the same text, byte for byte: this is what is hashed."""
        return json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def figure(limit: Decimal) -> str:
    """A limit as it was entered, thousands separated: 250,000 and 0.2."""
    return f"{limit.normalize():,f}"


def rows_of(cells: Mapping[Place, int]) -> dict[str, list[str]]:
    """As drawn: a row for each impact, 5 first; from probability 1 to 5."""
    return {f"I{i}": [LEVEL_WORDS[cells[p, i]] for p in SCORES] for i in reversed(SCORES)}


def ends_of(limits: Iterable[Decimal]) -> list[Ends]:
    """Five bands from the four limits between them."""
    inner = [float(limit) for limit in limits]
    return list(zip([None, *inner], [*inner, None], strict=True))


def _one_step_out(limits: tuple[Decimal, ...]) -> list[float]:
    first, second, *_middle = limits
    before, last = limits[-2:]
    below = first * first / second if second > 0 else Decimal(0)
    above = last * last / before if before > 0 else Decimal(0)
    return [float(round(below, 8)), float(round(above, 8))]


def _ratios(limits: tuple[Decimal, ...]) -> list[Decimal]:
    return [high / low for low, high in itertools.pairwise(limits) if low > 0]


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "needs_plan": rule.needs_plan, "needs_approval": rule.needs_approval,
        "approval_days": rule.approval_days, "review_months": rule.review_months,
        "needs_special_measures": rule.needs_special_measures,
        "needs_contingency": rule.needs_contingency, "text": _words(rule.text),
    }  # fmt: skip
