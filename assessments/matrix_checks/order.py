"""M1 to M5, and the floor of impact 5: what can be said of the map alone."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.matrix import SCORES
from assessments.matrix_checks.drawn import Drawn, Place
from assessments.matrix_checks.findings import Finding, Severity, level_name, listed_cells
from assessments.schemes.presets import IMPROVED_PRODUCT, presets
from registers.choices import Level

_LEAST, _MOST = SCORES[0], SCORES[-1]
HIGH_HIGH = [(p, i) for p in (4, 5) for i in (4, 5)]
_THREE_APART, _TWO_APART = 3, 2


def complete(drawn: Drawn) -> list[Finding]:
    """M1: 25 cells of four levels, and each level is used."""
    missing = tuple(place for place in drawn.places if drawn.cells.get(place) not in Level.values)
    if missing:
        said = _("%(count)d of 25 cells have no level: %(cells)s.")
        return [
            _error("M1", said % {"count": len(missing), "cells": listed_cells(missing)}, missing)
        ]
    unused = sorted(set(Level.values) - {drawn.cells[place] for place in drawn.places})
    return [
        Finding("M1", Severity.WARNING, _("No cell is %(level)s.") % {"level": level_name(rank)})
        for rank in unused
    ]


def monotone(drawn: Drawn) -> list[Finding]:
    """M2: one step right or up never lowers the level."""
    falling = [(a, b) for a, b in edge_neighbours() if drawn.cells[b] < drawn.cells[a]]
    said = _("%(worse)s is %(low)s, though it is worse than %(better)s, which is %(high)s.")
    return [
        _error("M2", said % {
            "worse": listed_cells([b]), "low": level_name(drawn.cells[b]),
            "better": listed_cells([a]), "high": level_name(drawn.cells[a]),
        }, (a, b))
        for a, b in falling
    ]  # fmt: skip


def corners(drawn: Drawn) -> list[Finding]:
    """M3: the first cell is Low, the last one Critical, and high-high is Critical too."""
    found = []
    for place, level in (((_LEAST, _LEAST), Level.LOW), ((_MOST, _MOST), Level.CRITICAL)):
        if drawn.cells[place] != level:
            said = _("%(cell)s has to be %(level)s.")
            said %= {"cell": listed_cells([place]), "level": level.label}
            found.append(_error("M3", said, (place,)))
    milder = tuple(place for place in HIGH_HIGH if drawn.cells[place] != Level.CRITICAL)
    if milder and milder != ((_MOST, _MOST),):
        said = _("High probability with high impact is not Critical: %(cells)s.")
        offer = _better_product(drawn)
        if offer:
            said = _("%(said)s With 15 as the limit of Critical it is.") % {"said": said}
        said %= {"cells": listed_cells(milder)}
        found.append(Finding("M3", Severity.WARNING, said, milder, offer))
    return found


def betweenness(drawn: Drawn) -> list[Finding]:
    """M4: no jump over a level along an edge, none from Low to Critical over a rising corner."""
    found = []
    for a, b in edge_neighbours():
        if abs(drawn.cells[b] - drawn.cells[a]) >= _TWO_APART:
            found.append(_error("M4", _jump(drawn, a, b), (a, b)))
    for a, b in _rising_corners():
        apart = abs(drawn.cells[b] - drawn.cells[a])
        if apart >= _THREE_APART:
            found.append(_error("M4", _jump(drawn, a, b), (a, b)))
        elif apart == _TWO_APART:
            found.append(Finding("M4", Severity.INFO, _corner(drawn, a, b), (a, b)))
    return found


def edges_of_zero(drawn: Drawn) -> list[Finding]:
    """M5: a first band starts at nothing and holds losses of any smallness."""
    critical = tuple(
        place for place in drawn.places if _LEAST in place and drawn.cells[place] == Level.CRITICAL
    )
    if not critical:
        return []
    said = _(
        "%(cells)s cannot be Critical: the lowest band starts at nothing, so the cell holds "
        "risks of any smallness."
    )
    return [_error("M5", said % {"cells": listed_cells(critical)}, critical)]


def worst_impact(drawn: Drawn) -> list[Finding]:
    """M8 from its other side: rare as it may be, the worst impact is never below High."""
    milder = tuple((p, _MOST) for p in SCORES if drawn.cells[p, _MOST] < Level.HIGH)
    if not milder:
        return []
    said = _("The worst impact is never below High, however rare. Below it: %(cells)s.")
    said %= {"cells": listed_cells(milder)}
    return [Finding("M8", Severity.WARNING, said, milder)]


def edge_neighbours() -> Iterator[tuple[Place, Place]]:
    """The 40 pairs (lower, higher) that share an edge."""
    for p in SCORES:
        for i in SCORES:
            if p < _MOST:
                yield (p, i), (p + 1, i)
            if i < _MOST:
                yield (p, i), (p, i + 1)


def _rising_corners() -> Iterator[tuple[Place, Place]]:
    """The 16 pairs that touch by a corner, the second higher on both axes."""
    for p in SCORES[:-1]:
        for i in SCORES[:-1]:
            yield (p, i), (p + 1, i + 1)


def _better_product(drawn: Drawn) -> str:
    """The preset to offer where the map is the classic product, whose Critical begins at 17."""
    classic = presets()["classic_product"].cells
    return IMPROVED_PRODUCT if dict(drawn.cells) == classic else ""


def _jump(drawn: Drawn, a: Place, b: Place) -> str:
    said = _("From %(from)s to %(to)s the level jumps from %(low)s to %(high)s.")
    return said % _step(drawn, a, b)


def _corner(drawn: Drawn, a: Place, b: Place) -> str:
    said = _("Over the corner from %(from)s to %(to)s the level goes from %(low)s to %(high)s.")
    return said % _step(drawn, a, b)


def _step(drawn: Drawn, a: Place, b: Place) -> dict[str, str]:
    return {
        "from": listed_cells([a]), "low": level_name(drawn.cells[a]),
        "to": listed_cells([b]), "high": level_name(drawn.cells[b]),
    }  # fmt: skip


def _error(code: str, sentence: str, cells: tuple[Place, ...]) -> Finding:
    return Finding(code, Severity.ERROR, sentence, cells)
