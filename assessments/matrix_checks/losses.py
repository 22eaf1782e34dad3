"""M6 to M8, and what the levels mean: expected losses a year, in CNY."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.matrix_checks.drawn import Drawn, Place
from assessments.matrix_checks.findings import Finding, Severity, level_name, listed_cells
from registers.choices import Level

ALIKE = 1.05
"""Middles that differ by less are the same: limits are rounded to whole yuan."""
_EXACT = 1 + 1e-9
Places = tuple[Place, ...]


def weak_consistency(drawn: Drawn) -> list[Finding]:
    """M6: of two levels that are not neighbours, the higher begins where the lower has ended."""
    found = []
    for low, high in ((0, 3), (0, 2), (1, 3)):
        lows, highs = _without_floors(drawn, low), _without_floors(drawn, high)
        if not lows or not highs:
            continue
        most = max(drawn.losses(place)[1] for place in lows)
        least = min(drawn.losses(place)[0] for place in highs)
        if most <= least * _EXACT:
            continue
        cells = [place for place in lows if drawn.losses(place)[1] > least * _EXACT]
        cells += [place for place in highs if drawn.losses(place)[0] * _EXACT < most]
        said = _(
            "%(low)s reaches up to CNY %(most)s a year, %(high)s begins at CNY %(least)s: "
            "the two overlap in %(cells)s."
        ) % {
            "low": level_name(low), "high": level_name(high),
            "most": plain(most), "least": plain(least), "cells": listed_cells(cells),
        }  # fmt: skip
        severity = (
            Severity.ERROR if (low, high) == (Level.LOW, Level.CRITICAL) else Severity.WARNING
        )
        found.append(Finding("M6", severity, said, tuple(cells)))
    return found


def consistent_colours(drawn: Drawn) -> list[Finding]:
    """M7: no cell has a smaller middle than one of a lower level, declared floors left out."""
    middles = {place: drawn.middle(place) for place in drawn.places}
    pairs = [
        (place, other)
        for place in drawn.places
        if place not in drawn.floor_places
        for other in drawn.places
        if drawn.cells[other] < drawn.cells[place] and middles[other] > middles[place] * ALIKE
    ]
    return [
        Finding("M7", Severity.WARNING, _with_less(drawn, highs, lows), (*highs, *lows))
        for highs, lows in _gathered(pairs)
    ]


def _with_less(drawn: Drawn, highs: Places, lows: Places) -> str:
    if len(highs) == 1:
        return _("%(cell)s is %(level)s with a smaller expected loss than %(cells)s.") % {
            "cell": listed_cells(highs), "level": level_name(drawn.cells[highs[0]]),
            "cells": listed_cells(lows),
        }  # fmt: skip
    said = _("%(cells)s have higher levels than %(others)s, with smaller expected losses.")
    return said % {"cells": listed_cells(highs), "others": listed_cells(lows)}


def _gathered(
    pairs: Sequence[tuple[Place, Place]],
) -> list[tuple[Places, Places]]:
    """The pairs in as few groups as they give: one cell out of place stands in all of its pairs."""
    by_high = [(highs, lows) for lows, highs in _alike(pairs).items()]
    by_low = list(_alike([(low, high) for high, low in pairs]).items())
    return min(by_high, by_low, key=len)


def _alike(pairs: Sequence[tuple[Place, Place]]) -> dict[Places, Places]:
    """{those on the right of a pair: all that have just these}."""
    rights: dict[Place, Places] = {}
    for left, right in pairs:
        rights[left] = (*rights.get(left, ()), right)
    found: dict[Places, Places] = {}
    for left, all_of_it in rights.items():
        found[all_of_it] = (*found.get(all_of_it, ()), left)
    return found


def declared_floors(drawn: Drawn) -> list[Finding]:
    """M8: a cell above the others of its expected loss is declared as a floor, with a reason."""
    found = [_declared(drawn, floor.place, floor.level, floor.reason) for floor in drawn.floors]
    for place in drawn.places:
        if place not in drawn.floor_places and _is_lifted(drawn, place):
            said = _(
                "%(cell)s is %(level)s, most cells of the same expected loss are lower. Declare it "
                "as a floor with a reason, or lower it."
            ) % {"cell": listed_cells([place]), "level": level_name(drawn.cells[place])}
            found.append(Finding("M8", Severity.ERROR, said, (place,)))
    return found


def _declared(drawn: Drawn, place: Place, level: int, reason: str) -> Finding:
    named = {"cell": listed_cells([place]), "level": level_name(level), "reason": reason}
    if drawn.cells[place] != level:
        said = _("The floor of %(cell)s says %(level)s, the cell has another level.")
        return Finding("M8", Severity.ERROR, said % named, (place,))
    if not reason:
        said = _("%(cell)s is a floor without a reason. Write one.")
        return Finding("M8", Severity.ERROR, said % named, (place,))
    said = _("Declared floor: %(cell)s is %(level)s. %(reason)s")
    return Finding("M8", Severity.SHOWN, said % named, (place,))


def _is_lifted(drawn: Drawn, place: Place) -> bool:
    """Whether most of the cells with the same middle have a lower level."""
    middle = drawn.middle(place)
    alike = [
        drawn.cells[other]
        for other in drawn.places
        if other not in drawn.floor_places
        and middle / ALIKE <= drawn.middle(other) <= middle * ALIKE
    ]
    lower = sum(level < drawn.cells[place] for level in alike)
    return lower > len(alike) - lower


@dataclass(frozen=True)
class Meaning:
    """What a level means: from which expected loss a year to which, with how many cells.

    `floors` of the cells stand there by declaration and are left out of the figures.
    """

    level: int
    cells: int
    floors: int
    least: float | None
    most: float | None


@dataclass(frozen=True)
class Diagonal:
    """All cells whose scores add up to `total`: their middles, and the levels they have."""

    total: int
    least: float
    most: float
    levels: Sequence[int]


def meanings(drawn: Drawn) -> list[Meaning]:
    """For each level, lowest first; the open ends are left open by `least` and `most` None."""
    found = []
    for level in Level.values:
        own = [place for place in drawn.places if drawn.cells.get(place) == level]
        counted = [place for place in own if place not in drawn.floor_places]
        found.append(
            Meaning(
                level, len(own), len(own) - len(counted),
                min((drawn.losses(place)[0] for place in counted), default=None),
                max((drawn.losses(place)[1] for place in counted), default=None),
            )
        )  # fmt: skip
    return found


def diagonals(drawn: Drawn) -> list[Diagonal]:
    """The expected loss at the middle of the cells, by the sum of their scores: 2 to 10."""
    found = []
    for total in range(2, 11):
        own = [place for place in drawn.places if sum(place) == total]
        middles = [drawn.middle(place) for place in own]
        levels = sorted({drawn.cells[place] for place in own if place in drawn.cells})
        found.append(Diagonal(total, min(middles), max(middles), levels))
    return found


def plain(amount: float) -> str:
    """Whole yuan with thousands separated; below ten with what counts."""
    return f"{amount:,.0f}" if amount >= 10 else f"{amount:.2g}"  # noqa: PLR2004 - two digits


def _without_floors(drawn: Drawn, level: int) -> list[Place]:
    return [
        place
        for place in drawn.places
        if drawn.cells[place] == level and place not in drawn.floor_places
    ]
