"""What the values of a file are worth on our five steps: decided only by the mapping, or asked.

One thing is decided without asking: whole numbers 1 to 5 where the file names that scale or uses its
5, and nothing speaks against it. Everything else (words, 1 to 4, 0 to 10, fractions) is suggested,
and stays undecided until the mapping says.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop as _

from assessments.register_import.evidence import Evidence
from assessments.register_import.mapping import SAME_STEPS, SCORES, ScaleRule
from assessments.register_import.values import number_of, value_key, word_score
from riskhub.imports.sentences import Sentence, say
from riskhub.imports.sheets import Cell, Flaw, text_of

TOP = 5
FEWEST = 3
SHORT_SCALES = {3: {1: 2, 2: 3, 3: 4}, 4: {1: 1, 2: 2, 3: 4, 4: 5}}
EQUAL_BANDS = (0.2, 0.4, 0.6, 0.8)


class UndecidedError(Exception):
    """A value of an axis without an agreed score."""


@dataclass(frozen=True)
class AxisScale:
    """The values of one axis (inherent and residual columns together) and what they are worth."""

    axis: str
    kind: str = "none"
    values: Mapping[str, int] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    rule: ScaleRule | None = None
    is_same: bool = False
    reason: Sentence | None = None
    suggested: Mapping[str, int] = field(default_factory=dict)
    suggested_bands: tuple[float, ...] = ()

    def score(self, cell: Cell) -> int | None:
        """1 to 5; None where the mapping or the cell says "not rated". UndecidedError else."""
        key = value_key(cell)
        if not key:
            return None
        if isinstance(cell, Flaw):
            raise UndecidedError(key)
        number = number_of(cell)
        if self.is_same and number in SCORES:
            return int(number or 0)
        if self.rule:
            return score_by_rule(self.rule, key, number)
        raise UndecidedError(key)

    @property
    def decided(self) -> dict[str, int | None]:
        """Score by value as it stands in the file, for the values that have one."""
        found: dict[str, int | None] = {}
        for text in self.shown.values():
            try:
                found[text] = self.score(text)
            except UndecidedError:
                continue
        return found

    @property
    def undecided(self) -> list[str]:
        decided = self.decided
        return [text for text in self.shown.values() if text not in decided]

    def as_json(self, column: object) -> dict[str, Any]:
        return {
            "column": column,
            "kind": self.kind,
            "values": {self.shown[key]: count for key, count in self.values.items()},
            "decided": self.decided,
            "undecided": self.undecided,
            "suggested": {self.shown[key]: score for key, score in self.suggested.items()},
            "suggested_bands": list(self.suggested_bands) or None,
            "choices": list(SCORES),
            "key": f"scales.{self.axis}",
            "reason": str(self.reason) if self.reason else None,
        }

    def as_mapping(self) -> Any:  # noqa: ANN401 (JSON)
        """The rule in the form of the mapping file."""
        if self.rule:
            return self.rule.given
        return SAME_STEPS if self.is_same else {}


def score_by_rule(rule: ScaleRule, key: str, number: float | None) -> int | None:
    if key in rule.scores:
        return rule.scores[key]
    if number is None or not rule.bands:
        raise UndecidedError(key)
    if rule.limits and not rule.limits[0] <= number <= rule.limits[1]:
        raise UndecidedError(key)
    return 1 + sum(number >= limit for limit in rule.bands)


def read_scales(
    cells: Mapping[str, Sequence[Cell]],
    rules: Mapping[str, ScaleRule],
    evidence: Mapping[str, Evidence],
) -> dict[str, AxisScale]:
    """One scale per axis that has values; whole numbers of both axes are judged together."""
    whole = [n for several in cells.values() if (n := whole_numbers(several)) is not None]
    together = Counter(number for numbers in whole for number in numbers)
    return {
        axis: read_scale(axis, several, rules.get(axis), evidence[axis], together)
        for axis, several in cells.items()
    }


def read_scale(
    axis: str,
    cells: Sequence[Cell],
    rule: ScaleRule | None,
    evidence: Evidence,
    together: Counter[int],
) -> AxisScale:
    values = Counter(key for cell in cells if (key := value_key(cell)))
    shown: dict[str, str] = {}
    for cell in cells:
        if key := value_key(cell):
            shown.setdefault(key, " ".join(text_of(cell).split()))
    kind = kind_of(cells)
    numbers = whole_numbers(cells)
    reason = doubt(together, evidence) if rule is None and numbers else None
    is_same = rule.is_same if rule else bool(numbers) and reason is None
    if is_same and rule is None:
        reason = say(_("Whole numbers from 1 to 5 are taken as they stand."))
    bands = suggest_bands(cells, kind, evidence)
    return AxisScale(
        axis,
        kind,
        dict(values),
        shown,
        rule,
        is_same,
        reason,
        suggest_scores(axis, cells, kind, evidence.top or max(together, default=0))
        if not is_same
        else {},
        bands if not is_same else (),
    )


def whole_numbers(cells: Iterable[Cell]) -> list[int] | None:
    """The numbers of an axis that holds nothing but whole numbers; None for every other axis."""
    filled = [cell for cell in cells if value_key(cell)]
    numbers = [number_of(cell) for cell in filled]
    if not numbers or any(number is None or not number.is_integer() for number in numbers):
        return None
    if any("%" in text_of(cell) for cell in filled):
        return None
    return [int(number) for number in numbers if number is not None]


def doubt(together: Counter[int], evidence: Evidence) -> Sentence | None:
    """Why whole numbers may not be our five steps; None when nothing speaks against it."""
    top = max(together)
    if evidence.against:
        return evidence.against
    if evidence.top not in {None, TOP} or evidence.low not in {None, 1}:
        return say(
            _("The file speaks of a scale from %(low)s to %(top)s."),
            low=1 if evidence.low is None else evidence.low,
            top=evidence.top or TOP,
        )
    if min(together) < 1 or top > TOP:
        return say(_("The numbers go from %(low)s to %(top)s."), low=min(together), top=top)
    if TOP in {evidence.top, top}:
        return None
    return say(
        _("No number is above %(top)s: the file's scale may have %(steps)s steps instead of 5."),
        top=top,
        steps=max(top, FEWEST),
    )


def kind_of(cells: Sequence[Cell]) -> str:
    """none, integers, fractions, numbers, words, or mixed."""
    filled = [cell for cell in cells if value_key(cell)]
    numbers = [number for cell in filled if (number := number_of(cell)) is not None]
    if not filled:
        return "none"
    if not numbers:
        return "words"
    if len(numbers) < len(filled):
        return "mixed"
    if whole_numbers(filled) is not None:
        return "integers"
    return "fractions" if all(0 <= number <= 1 for number in numbers) else "numbers"


def suggest_scores(axis: str, cells: Sequence[Cell], kind: str, top: int) -> dict[str, int]:
    """What each value is commonly worth: three and four steps spread over five, words by habit.

    `top` is the highest step of both axes. A number among words ("high", 3, "low") is taken for a step
    of ours.
    """
    steps = {step: step for step in SCORES} if kind == "mixed" else {}
    if kind == "integers":
        steps = SHORT_SCALES.get(max(top, FEWEST), {})
    found: dict[str, int] = {}
    for cell in cells:
        number = number_of(cell)
        score = word_score(axis, cell) if number is None else steps.get(int(number))
        if score and (number is None or number.is_integer()):
            found[value_key(cell)] = score
    return found


def suggest_bands(cells: Sequence[Cell], kind: str, evidence: Evidence) -> tuple[float, ...]:
    """Four equal cuts of the scale that the numbers seem to be on: 0 to 1, to 10, to 100."""
    numbers = [number for cell in cells if (number := number_of(cell)) is not None]
    is_ours = kind in {"integers", "mixed"} and max(numbers, default=0) in range(TOP + 1)
    if not numbers or (is_ours and not evidence.top):
        return ()
    top = evidence.top or next((top for top in (1, 10, 100) if max(numbers) <= top), None)
    if top is None or (TOP >= top > 1):
        return ()
    return tuple(round(cut * top, 6) for cut in EQUAL_BANDS)
