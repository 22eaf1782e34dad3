"""M9: the bands of a scale touch, increase, and every step is worth about the same."""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from assessments.matrix_checks.drawn import Drawn, Ends
from assessments.matrix_checks.findings import Finding, Severity

WITHIN = 2
"""How many times the smallest step the greatest one may be."""


def bands_touch(drawn: Drawn) -> list[Finding]:
    found = [
        Finding("M9", Severity.ERROR, sentence)
        for sentence in (
            _fault(_("Probability"), drawn.probability, drawn.open_ends["probability"]),
            _fault(_("Impact"), drawn.impact, drawn.open_ends["impact"]),
        )
        if sentence
    ]
    return found or _uneven(drawn)


def _fault(axis: str, bands: Sequence[Ends], ends: tuple[float, float]) -> str:
    """Why these bands are no scale, in a sentence; empty when they are one."""
    named = {"axis": axis}
    if len(bands) != 5:  # noqa: PLR2004 - the scores
        return _("%(axis)s: five bands are needed.") % named
    for score, (this, following) in enumerate(pairwise(bands), start=1):
        if this[1] is None or this[1] != following[0]:
            said = _("%(axis)s: band %(score)d does not end where band %(next)d begins.")
            return said % {**named, "score": score, "next": score + 1}
    limits = [lower for lower, _upper in bands[1:] if lower is not None]
    first = ends[0] if bands[0][0] is None else bands[0][0]
    last = ends[1] if bands[-1][1] is None else bands[-1][1]
    pairs = [
        *enumerate(pairwise(limits), start=2),
        (1, (first, limits[0])),
        (5, (limits[-1], last)),
    ]
    for score, (low, high) in pairs:
        if not 0 < low < high:
            said = _("%(axis)s: band %(score)d does not rise. Each limit is above the one before.")
            return said % {**named, "score": score}
    return ""


def _uneven(drawn: Drawn) -> list[Finding]:
    steps = [
        high / low
        for bands in (drawn.probability, drawn.impact)
        for low, high in bands[1:-1]
        if low and high
    ]
    least, most = min(steps), max(steps)
    if most <= WITHIN * least:
        return []
    said = _(
        "One step is %(least)s times the band below, another one %(most)s times. Steps that are "
        "worth about the same make the levels comparable."
    )
    named = {"least": f"{least:.1f}", "most": f"{most:.1f}"}
    return [Finding("M9", Severity.WARNING, said % named)]
