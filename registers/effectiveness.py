"""What a sample says of a control: the share of exceptions with its interval, and the result it suggests.

The interval is the Jeffreys one: quantiles of Beta(x + 1/2, n - x + 1/2), from 0 where there is no
exception and up to 1 where there is nothing else (Brown, Cai and DasGupta, 2001).
"""

from dataclasses import dataclass
from functools import lru_cache

from registers.choices import Effectiveness

CONFIDENCE = 0.9


@dataclass(frozen=True)
class Share:
    """All three between 0 and 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Rule:
    """Up to which percentage of exceptions a control counts as effective, and as partly so."""

    effective_up_to: float = 5
    partly_up_to: float = 20


def exception_share(sample: int, exceptions: int) -> Share | None:
    """Of a sample of at least one; raises ValueError for more exceptions than were sampled."""
    if not 0 <= exceptions <= sample:
        raise ValueError(f"{exceptions} exceptions in a sample of {sample}")
    return _share(sample, exceptions) if sample else None


@lru_cache(maxsize=4096)
def _share(sample: int, exceptions: int) -> Share:
    from scipy.special import betaincinv  # noqa: PLC0415 - a third of a second, at its first use

    tail = (1 - CONFIDENCE) / 2
    shape = exceptions + 0.5, sample - exceptions + 0.5
    return Share(
        value=exceptions / sample,
        low=float(betaincinv(*shape, tail)) if exceptions else 0.0,
        high=float(betaincinv(*shape, 1 - tail)) if exceptions < sample else 1.0,
    )


def proposed_result(sample: int, exceptions: int, *, design_ok: bool, rule: Rule) -> Effectiveness:
    """By the company's rule: a wrong design never works, and without a sample nothing is known."""
    if not design_ok:
        return Effectiveness.INEFFECTIVE
    if not sample:
        return Effectiveness.NOT_TESTED
    # In whole numbers: 5 % of 20 is exactly one exception.
    if exceptions * 100 <= rule.effective_up_to * sample:
        return Effectiveness.EFFECTIVE
    if exceptions * 100 <= rule.partly_up_to * sample:
        return Effectiveness.PARTLY
    return Effectiveness.INEFFECTIVE
