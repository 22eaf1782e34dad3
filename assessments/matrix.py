"""The rule of the matrix, pure: which level a pair of scores has under one scheme."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SCORES = range(1, 6)
# Quick entry (high / medium / low) and the score it stands for until somebody refines it.
QUALITATIVE_SCORES = {"H": 4, "M": 3, "L": 2}


@dataclass(frozen=True)
class Cell:
    """Scores 1..5 and the level rank 0..3 that the scheme gives them."""

    probability: int
    impact: int
    level: int

    @property
    def pair(self) -> tuple[int, int]:
        return self.probability, self.impact


@dataclass(frozen=True)
class Grid:
    """The 25 cells of one scheme: {(probability, impact): level rank}."""

    scheme: int
    levels: Mapping[tuple[int, int], int]

    def cell(self, probability: int, impact: int) -> Cell:
        """Raises KeyError for scores outside 1..5."""
        return Cell(probability, impact, self.levels[probability, impact])

    def maybe_cell(self, probability: int | None, impact: int | None) -> Cell | None:
        """Not rated is None, on both axes or on neither."""
        if probability is None or impact is None:
            return None
        return self.cell(probability, impact)

    @classmethod
    def of(cls, scheme: int, rows: Iterable[tuple[int, int, int]]) -> "Grid":
        """From rows (probability, impact, level rank)."""
        return cls(scheme, {(probability, impact): level for probability, impact, level in rows})


def is_rare_and_severe(probability: int, impact: int) -> bool:
    """The worst impact at one of the two lowest probabilities: what a ranking hides."""
    return impact == SCORES[-1] and probability <= SCORES[1]


def is_high_high(probability: int, impact: int) -> bool:
    """The corner that the guide singles out: both scores 4 or 5, whatever level a scheme gives it."""
    high = QUALITATIVE_SCORES["H"]
    return probability >= high and impact >= high


def priority_index(probability: int, impact: int, importance: int) -> float:
    """The index p + i + (importance - 3) / 2: one point of importance weighs half a step of an axis."""
    return probability + impact + 0.5 * (importance - 3)
