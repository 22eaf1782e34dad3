"""M10: how often the levels put two random risks in the wrong order, and how often in one level.

Exact, not by drawing: a random risk lies evenly on logarithmic scales, so the logarithm of its expected
loss within a cell is the sum of two even variables, and the difference of two risks of two cells is the
sum of four. Which share of the pairs of two cells is reversed depends on the bands alone and is kept.
"""

from functools import lru_cache
from itertools import combinations
from math import log

from django.utils.translation import gettext as _

from assessments.matrix_checks.drawn import Drawn, Place
from assessments.matrix_checks.findings import Finding, Severity

Scale = tuple[tuple[float, float], ...]


def wrong_and_tied(drawn: Drawn) -> tuple[float, float]:
    """The shares, 0 to 1, of all pairs of random risks."""
    shares, reversals = _pairs(tuple(drawn.closed["probability"]), tuple(drawn.closed["impact"]))
    masses: dict[int, float] = {}
    for place, share in shares.items():
        level = drawn.cells[place]
        masses[level] = masses.get(level, 0) + share
    wrong = 0.0
    for (a, b), (a_above_b, b_above_a) in reversals.items():
        rise = drawn.cells[b] - drawn.cells[a]
        if rise:
            wrong += a_above_b if rise > 0 else b_above_a
    return wrong, sum(mass * mass for mass in masses.values())


def wrong_and_tied_words(drawn: Drawn) -> Finding:
    wrong, tied = wrong_and_tied(drawn)
    said = _(
        "Of two random risks the levels put %(wrong)s %% in the wrong order and %(tied)s %% in one level."
    )
    figures = {"wrong": f"{100 * wrong:.1f}", "tied": f"{100 * tied:.1f}"}
    return Finding("M10", Severity.SHOWN, (said % figures).replace(" %", "\N{NO-BREAK SPACE}%"))


@lru_cache(maxsize=16)
def _pairs(
    probability: Scale, impact: Scale
) -> tuple[dict[Place, float], dict[tuple[Place, Place], tuple[float, float]]]:
    """The share of each cell, and of each two cells the shares of pairs a > b and b > a."""
    bands = {
        (p, i): (
            log(p_low) + log(i_low), log(p_high / p_low), log(i_high / i_low)
        )
        for p, (p_low, p_high) in enumerate(probability, start=1)
        for i, (i_low, i_high) in enumerate(impact, start=1)
    }  # fmt: skip
    whole = sum(wide * high for _start, wide, high in bands.values())
    shares = {place: wide * high / whole for place, (_start, wide, high) in bands.items()}
    reversals = {}
    for a, b in combinations(bands, 2):
        (start_a, *widths_a), (start_b, *widths_b) = bands[a], bands[b]
        # a > b when the sum of four even variables stays below: u_b + w_b + (wide - u_a) + (high - w_a)
        reach = start_a + sum(widths_a) - start_b
        above = _sum_below(reach, (*widths_a, *widths_b))
        weight = 2 * shares[a] * shares[b]
        reversals[a, b] = (weight * above, weight * (1 - above))
    return shares, reversals


def _sum_below(reach: float, widths: tuple[float, ...]) -> float:
    """The chance that four even variables, from 0 to each width, add up to less than `reach`."""
    if reach <= 0:
        return 0.0
    if reach >= sum(widths):
        return 1.0
    total, product = 0.0, 24.0
    for width in widths:
        product *= width
    for chosen in range(16):
        left, sign = reach, 1
        for place, width in enumerate(widths):
            if chosen >> place & 1:
                left, sign = left - width, -sign
        if left > 0:
            total += sign * left**4
    return min(1.0, max(0.0, total / product))
