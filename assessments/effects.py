"""What controls take off the scores, pure: no control, no reduction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

Pair = tuple[int, int]  # probability, impact, each 1..5
AXES = ("probability", "impact")
MOST_STEPS = 2
"""One control lowers a score by two steps at most."""


@dataclass(frozen=True)
class Effect:
    """By how many steps a control (its key) lowers each score.

    `answer` says why it is counted although its last check found that it does not work.
    """

    control: int
    probability: int = 0
    impact: int = 0
    answer: str = ""

    @property
    def is_counted(self) -> bool:
        return bool(self.probability or self.impact)


@dataclass(frozen=True)
class NetOf:
    """An insurance policy (its key) that pays for part of the loss: it lowers the impact alone."""

    policy: int
    impact: int
    probability: ClassVar[int] = 0


Lowering = Effect | NetOf


def proposed_residual(inherent: Pair, effects: Iterable[Lowering]) -> Pair:
    """The inherent scores less the steps of all controls and the policy, each 1 at least."""
    counted = list(effects)
    steps = (sum(one.probability for one in counted), sum(one.impact for one in counted))
    return max(1, inherent[0] - steps[0]), max(1, inherent[1] - steps[1])


def uncovered_axes(inherent: Pair, residual: Pair, effects: Sequence[Lowering]) -> list[str]:
    """The axes on which the residual is lower although nothing that is counted acts on them."""
    return [
        axis
        for axis, before, after in zip(AXES, inherent, residual, strict=True)
        if after < before and not any(getattr(one, axis) for one in effects)
    ]


def is_below(residual: Pair, proposed: Pair) -> bool:
    """Lower on either axis than what the controls give: that needs words."""
    return residual[0] < proposed[0] or residual[1] < proposed[1]
