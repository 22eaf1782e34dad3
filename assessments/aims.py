"""What a risk aims at: what its plan in force promises, else what its confirmed assessment names.

The database compares what a risk shows with the same rule (`sql_truth`).
"""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from assessments.choices import LIVE_PLAN_STATES
from assessments.models import Assessment, MatrixCell, PlanVersion

Cell = tuple[int, int, int]  # probability, impact, level rank


def aims_of(assessments: Iterable[Assessment]) -> dict[int, Cell]:
    """By risk, for its confirmed assessment (or the one about to be); risks without an aim left out.

    The level of a promised cell is read in the scheme of the assessment. One query for each scheme,
    and there is one.
    """
    given = {assessment.risk_id: assessment for assessment in assessments}
    aims = {key: cell for key, one in given.items() if (cell := _own_aim(one))}
    schemes = {one.scheme_id for one in given.values()}
    levels = MatrixCell.objects.filter(
        probability=OuterRef("target_probability"), impact=OuterRef("target_impact")
    )
    promises = PlanVersion.objects.filter(
        in_force_of__risk__in=given, in_force_of__state__in=LIVE_PLAN_STATES,
        target_level__isnull=False,
    )  # fmt: skip
    for scheme in schemes:
        level = Subquery(levels.filter(scheme=scheme).values("level")[:1])
        rows = promises.annotate(level_here=level).values_list(
            "in_force_of__risk", "target_probability", "target_impact", "level_here"
        )
        for risk, *promised in rows:
            if given[risk].scheme_id == scheme:
                aims[risk] = (promised[0], promised[1], promised[2])
    return aims


def _own_aim(assessment: Assessment) -> Cell | None:
    probability, impact = assessment.target_probability, assessment.target_impact
    level = assessment.target_level
    if probability is None or impact is None or level is None:
        return None
    return probability, impact, level
