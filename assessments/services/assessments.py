"""Judge a risk, have it confirmed, show it on the risk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.choices import AssessmentState, Confidence, Method, Trigger
from assessments.matrix import Grid
from assessments.models import Assessment
from assessments.permissions import may_confirm
from assessments.review_dates import review_due_on
from assessments.schemes import grid_in_force
from registers.closing import require_open
from registers.models import Risk
from registers.services.standing import Standing, set_standing
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import move
from riskhub.audit.versions import lock_row


class PendingAssessment(Exception):  # noqa: N818 - reads as what it says
    """Another assessment of this risk still waits for confirmation."""


class CannotConfirm(Exception):  # noqa: N818 - reads as what it says
    """The assessor themselves, or somebody without the right."""


Pair = tuple[int, int]  # probability, impact, each 1..5


@dataclass(frozen=True)
class Scores:
    """Inherent and residual pairs, and perhaps a target; levels are read from the matrix."""

    inherent: Pair
    residual: Pair
    target: Pair | None = None


def record_assessment(
    risk: Risk,
    *,
    by: User | None,
    scores: Scores,
    rationale: str,
    method: str = Method.MATRIX,
    confidence: str = Confidence.MEDIUM,
    trigger: str = Trigger.MANUAL,
    assessed_on: date | None = None,
) -> Assessment:
    """Submit a judgement. Low and Medium confirm themselves, above that another person does."""
    with acting(by, "assessment.submitted"):
        require_open(lock_row(risk))
        if Assessment.objects.filter(risk=risk).waiting().exists():
            raise PendingAssessment(
                _(
                    "An assessment of this risk is waiting for confirmation. Decide on that one first."
                )
            )
        assessment = _build(risk, scores, grid_in_force(), by)
        assessment.rationale, assessment.method = rationale.strip(), method
        assessment.confidence, assessment.trigger = confidence, trigger
        assessment.assessed_on = assessed_on or timezone.localdate()
        _check(assessment)
        assessment.state, assessment.submitted_at = AssessmentState.SUBMITTED, timezone.now()
        assessment.save()
        if not assessment.needs_second_person:
            _confirm(assessment, by)
        return assessment


@dataclass(frozen=True)
class Imported:
    """The scores of one row of a file, for a risk that was just made."""

    risk: Risk
    scores: Scores
    is_unlinked: bool
    rationale: str


def record_assessments(rows: Iterable[Imported], *, by: User | None) -> list[Assessment]:
    """Imported judgements of fresh risks, as `submitted`; Low and Medium are confirmed at once."""
    with acting(by, "assessment.imported"):
        grid, now = grid_in_force(), timezone.now()
        made = []
        for row in rows:
            assessment = _build(row.risk, row.scores, grid, by)
            assessment.method, assessment.rationale = Method.IMPORT, row.rationale
            assessment.is_unlinked_import = row.is_unlinked
            assessment.state, assessment.submitted_at = AssessmentState.SUBMITTED, now
            assessment.clean_fields(exclude=["risk", "scheme", "assessor", "confirmed_by"])
            made.append(assessment)
        Assessment.objects.bulk_create(made, batch_size=1000)
        for assessment in made:
            if not assessment.needs_second_person:
                _confirm(assessment, by)
        return made


def confirm_assessment(assessment: Assessment, *, by: User) -> Assessment:
    """By another person than the assessor; the former confirmed one is superseded."""
    with acting(by, "assessment.confirmed"):
        if assessment.assessor_id == by.pk:
            raise CannotConfirm(_("You made this assessment. Another person confirms it."))
        if not may_confirm(by, assessment.risk.owner_department_id):
            raise CannotConfirm(_("You may not confirm assessments of this department."))
        return _confirm(assessment, by)


def reject_assessment(assessment: Assessment, *, by: User, reason: str) -> Assessment:
    with acting(by, "assessment.rejected", reason):
        if not reason.strip():
            raise ValidationError({"reason": _("Say what is missing.")})
        return move(assessment, AssessmentState.REJECTED, rejected_reason=reason)


def _build(risk: Risk, scores: Scores, grid: Grid, by: User | None) -> Assessment:
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


def _check(assessment: Assessment) -> None:
    faults = {}
    if not assessment.rationale:
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


def _confirm(assessment: Assessment, by: User | None) -> Assessment:
    former = Assessment.objects.filter(risk=assessment.risk_id).confirmed().first()
    if former:
        move(former, AssessmentState.SUPERSEDED)
    move(assessment, AssessmentState.CONFIRMED, confirmed_by=by, confirmed_at=timezone.now())
    set_standing(assessment.risk, standing_of(assessment), by=by)
    return assessment


def standing_of(assessment: Assessment) -> Standing:
    """What the risk shows of this assessment."""

    def cell(kind: str) -> tuple[int, int, int] | None:
        values = tuple(
            getattr(assessment, f"{kind}_{part}") for part in ("probability", "impact", "level")
        )
        return None if values[0] is None else (values[0], values[1], values[2])

    inherent, residual = cell("inherent"), cell("residual")
    if inherent is None or residual is None:
        raise ValueError("an assessment that is not rated is a draft")
    return Standing(
        scheme=assessment.scheme_id,
        inherent=inherent,
        residual=residual,
        target=cell("target"),
        assessed_on=assessment.assessed_on,
        next_review_on=review_due_on(assessment),
    )
