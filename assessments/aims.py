"""What a risk aims at: what its plan in force promises, else what its confirmed assessment names.

Its level is read in the matrix in force. The database compares what a risk shows with the same rule
(`sql/schemes`).
"""

from collections.abc import Iterable

from assessments.choices import LIVE_PLAN_STATES
from assessments.matrix import Grid
from assessments.models import Assessment, PlanVersion

Cell = tuple[int, int, int]  # probability, impact, level rank


def aims_of(assessments: Iterable[Assessment], grid: Grid) -> dict[int, Cell]:
    """By risk, for its confirmed assessment (or the one about to be); risks without an aim left out.

    One query.
    """
    given = {assessment.risk_id: assessment for assessment in assessments}
    aims = {key: (one.target_probability, one.target_impact) for key, one in given.items()}
    promises = PlanVersion.objects.filter(
        in_force_of__risk__in=given, in_force_of__state__in=LIVE_PLAN_STATES,
        target_level__isnull=False,
    )  # fmt: skip
    for risk, *promised in promises.values_list(
        "in_force_of__risk", "target_probability", "target_impact"
    ):
        aims[risk] = (promised[0], promised[1])
    cells = {key: grid.maybe_cell(*pair) for key, pair in aims.items()}
    return {key: (*cell.pair, cell.level) for key, cell in cells.items() if cell}
