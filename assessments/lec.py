"""LEC, a second way to judge how dangerous a job is (作业条件危险性评价法), pure: tables, bands, levels.

D = L x E x C; the lower limit belongs to the band. It counts injuries and deaths, never money, so only
risks of staff safety are judged by it, and only beside the matrix.
"""

from dataclasses import dataclass
from decimal import Decimal

from registers.choices import Level

AREA = "staff_safety"
LIKELIHOODS = tuple(map(Decimal, ("10", "6", "3", "1", "0.5", "0.2", "0.1")))
EXPOSURES = tuple(map(Decimal, ("10", "6", "3", "2", "1", "0.5")))
CONSEQUENCES = tuple(map(Decimal, ("100", "40", "15", "7", "3", "1")))
SLIGHT, ATTENTION, SIGNIFICANT, IMMEDIATE, STOP = range(5)
_FROM = ((STOP, 320), (IMMEDIATE, 160), (SIGNIFICANT, 70), (ATTENTION, 20), (SLIGHT, 0))
_LEVELS = {
    STOP: Level.CRITICAL, IMMEDIATE: Level.CRITICAL, SIGNIFICANT: Level.HIGH,
    ATTENTION: Level.LOW, SLIGHT: Level.LOW,
}  # fmt: skip
FAR_APART = 2
"""So many levels apart the two ways of judging disagree."""


@dataclass(frozen=True)
class Lec:
    """Likelihood, exposure and consequence, each out of its table."""

    likelihood: Decimal
    exposure: Decimal
    consequence: Decimal

    @property
    def is_of_the_tables(self) -> bool:
        return (
            self.likelihood in LIKELIHOODS
            and self.exposure in EXPOSURES
            and self.consequence in CONSEQUENCES
        )

    @property
    def danger(self) -> Decimal:
        return self.likelihood * self.exposure * self.consequence

    @property
    def band(self) -> int:
        return next(band for band, lower in _FROM if self.danger >= lower)

    @property
    def level(self) -> Level:
        """There is no Medium: from 70 High, from 160 Critical, and Low below."""
        return _LEVELS[self.band]

    @property
    def is_flagged(self) -> bool:
        """Low, and yet to be watched: from 20 to below 70."""
        return self.band == ATTENTION

    def is_far_from(self, level: int) -> bool:
        return abs(self.level - level) >= FAR_APART
