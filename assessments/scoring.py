"""The scores of an assessment and the levels that the matrix gives them."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.effects import Pair
from assessments.matrix import Grid
from assessments.models import Assessment
from registers.models import Risk
from riskhub.accounts.models import User


@dataclass(frozen=True)
class Scores:
    """Inherent and residual pairs, and perhaps a target; levels are read from the matrix."""

    inherent: Pair
    residual: Pair
    target: Pair | None = None


def assessment_of(risk: Risk, scores: Scores, grid: Grid, by: User | None) -> Assessment:
    """Not saved; the levels are those of the cells. Raises ValidationError."""
    assessment = Assessment(risk=risk, scheme_id=grid.scheme, assessor=by)
    for kind in ("inherent", "residual", "target"):
        pair: Pair | None = getattr(scores, kind)
        if pair is None:
            continue
        try:
            cell = grid.cell(*pair)
        except KeyError:
            raise ValidationError(
                {f"{kind}_probability": _("Choose scores from 1 to 5.")}
            ) from None
        setattr(assessment, f"{kind}_probability", cell.probability)
        setattr(assessment, f"{kind}_impact", cell.impact)
        setattr(assessment, f"{kind}_level", cell.level)
    return assessment


def check_scores(assessment: Assessment, *, needs_reasons: bool = True) -> None:
    """What the database refuses too, with the fields at fault."""
    faults = {}
    if needs_reasons and not assessment.rationale:
        faults["rationale"] = _("Give the reasons for the scores.")
    for axis in ("probability", "impact"):
        inherent, residual, target = (
            getattr(assessment, f"{kind}_{axis}") for kind in ("inherent", "residual", "target")
        )
        if residual > inherent:
            faults[f"residual_{axis}"] = _("With controls it cannot be higher than without.")
        if target is not None and target > residual:
            faults[f"target_{axis}"] = _("The target cannot be above the residual score.")
    if faults:
        raise ValidationError(faults)
