"""A map and its scales as the checks need them: figures alone, no rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from assessments.matrix import SCORES

Place = tuple[int, int]
"""(probability, impact), each 1 to 5."""
Ends = tuple[float | None, float | None]
"""From `lower` up to below `upper`; None is open."""


@dataclass(frozen=True)
class Floor:
    """A cell that is deliberately higher than its expected loss, and why."""

    place: Place
    level: int
    reason: str


@dataclass(frozen=True)
class Drawn:
    """`probability` in events a year, `impact` in CNY per event, five bands each."""

    cells: Mapping[Place, int]
    probability: Sequence[Ends]
    impact: Sequence[Ends]
    open_ends: Mapping[str, tuple[float, float]]
    """Where the open bands are closed for arithmetic only: one step out."""
    floors: Sequence[Floor] = ()

    @cached_property
    def places(self) -> list[Place]:
        return [(p, i) for p in SCORES for i in SCORES]

    @cached_property
    def floor_places(self) -> set[Place]:
        return {floor.place for floor in self.floors}

    @cached_property
    def closed(self) -> dict[str, list[tuple[float, float]]]:
        """Both scales without open ends."""
        return {
            "probability": _closed(self.probability, self.open_ends["probability"]),
            "impact": _closed(self.impact, self.open_ends["impact"]),
        }

    def losses(self, place: Place) -> tuple[float, float]:
        """The least and the greatest expected loss a year of a cell."""
        (p_low, p_high), (i_low, i_high) = self._bands(place)
        return p_low * i_low, p_high * i_high

    def middle(self, place: Place) -> float:
        """The expected loss a year in the geometric middle of a cell."""
        (p_low, p_high), (i_low, i_high) = self._bands(place)
        return sqrt(p_low * p_high) * sqrt(i_low * i_high)

    def _bands(self, place: Place) -> tuple[tuple[float, float], tuple[float, float]]:
        return self.closed["probability"][place[0] - 1], self.closed["impact"][place[1] - 1]


def _closed(bands: Sequence[Ends], ends: tuple[float, float]) -> list[tuple[float, float]]:
    lowest, highest = ends
    return [
        (lowest if lower is None else lower, highest if upper is None else upper)
        for lower, upper in bands
    ]
