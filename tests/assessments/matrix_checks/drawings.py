"""Maps on the scales that ship, and on even ones from 0 to 1."""

from assessments.matrix_checks import Drawn, check_matrix
from assessments.matrix_checks.drawn import Floor
from assessments.schemes.presets import preset, shipped_matrix
from registers.choices import LEVEL_RANKS

_SHIPPED = shipped_matrix()
PROBABILITY = [tuple(row["annual"]) for row in _SHIPPED["probability"]]
IMPACT = [tuple(row["money_cny"]) for row in _SHIPPED["impact"]]
OPEN_ENDS = {axis: tuple(ends) for axis, ends in _SHIPPED["open_ends"].items()}
EVEN = [(step / 5 or None, (step + 1) / 5) for step in range(5)]


def drawn(code="balanced", *, scales=(PROBABILITY, IMPACT, OPEN_ENDS), floors=None, **changed):
    """`changed` as in c15=2: the cell (1,5) gets the level 2."""
    chosen = preset(code)
    if floors is None:
        floors = [
            Floor(tuple(one["cell"]), LEVEL_RANKS[one["level"]], one["reason"]["en"])
            for one in chosen.floors
        ]
    cells = chosen.cells | {(int(key[1]), int(key[2])): level for key, level in changed.items()}
    return Drawn(cells, *scales, floors=floors)


def on_even_scales(code="balanced"):
    return drawn(code, scales=(EVEN, EVEN, {"probability": (0.01, 1), "impact": (0.01, 1)}))


def severities(drawing):
    """{code: severities} of what the checks say."""
    found = {}
    for one in check_matrix(drawing):
        found.setdefault(one.code, []).append(one.severity)
    return found
