"""Judge a risk: by hand one at a time, or as a file brings them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.choices import AssessmentState, Confidence, Method, Trigger
from assessments.counting import links_in_use
from assessments.grounds import Basis, grounds_of
from assessments.models import Assessment
from assessments.net_of import policies_named
from assessments.schemes.in_force import grid_in_force
from assessments.scoring import Scores, assessment_of, check_scores
from assessments.services.assessment_drafts import (
    drop_assessment_drafts,
    finish_assessment_draft,
)
from assessments.services.assessment_notices import tell_confirmers
from assessments.services.basis import keep_grounds
from assessments.services.confirmations import confirm_all
from registers.closing import require_open
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row
from riskhub.entry.repeats import KeyReused, digest_of
from riskhub.entry.texts import prose

_PLAIN = Basis()


class PendingAssessment(Exception):  # noqa: N818 - reads as what it says
    """Another assessment of this risk still waits for confirmation."""

    def __init__(self) -> None:
        super().__init__(
            _("An assessment of this risk is waiting for confirmation. Decide on that one first.")
        )


def record_assessment(
    risk: Risk,
    *,
    by: User,
    scores: Scores,
    rationale: str,
    method: str = Method.MATRIX,
    confidence: str = Confidence.MEDIUM,
    trigger: str = Trigger.MANUAL,
    assessed_on: date | None = None,
    client_uuid: UUID | None = None,
    basis: Basis = _PLAIN,
    draft_version: int | None = None,
) -> Assessment:
    """Submit a judgement. Low and Medium confirm themselves, above that another person does.

    `basis`: what it rests on; unless told, the controls in use count as their links say. The same
    `client_uuid` sent twice is one assessment, with other content KeyReused. With `draft_version` it
    is the author's draft of that version (0: none) that is submitted, without it whatever they have.
    Raises NotOpen, PendingAssessment, StaleVersion of the draft, and ValidationError with the fields
    at fault.
    """
    sent = {"risk": risk, "scores": scores, "rationale": prose(rationale), "method": method,
            "confidence": confidence, "assessed_on": assessed_on, "basis": basis}  # fmt: skip
    digest = digest_of(sent) if client_uuid else ""
    with acting(by, "assessment.submitted"):
        stored = lock_row(risk)
        if made := _made_before(client_uuid, digest, by):
            return made
        require_open(stored)
        _check_none_waits(stored)
        assessment = assessment_of(stored, scores, grid_in_force(), by)
        assessment.rationale, assessment.method = prose(rationale), method
        assessment.confidence, assessment.trigger = confidence, trigger
        assessment.assessed_on = assessed_on or timezone.localdate()
        assessment.client_uuid, assessment.client_digest = client_uuid, digest
        assessment.evidence = prose(basis.evidence)
        check_scores(assessment)
        grounds = grounds_of(
            assessment, basis, links_in_use([stored])[stored.pk], policies_named([basis])
        )
        _submit(assessment)
        keep_grounds([grounds], by=by)
        _end_draft(stored, by, draft_version)
        if assessment.needs_second_person:
            tell_confirmers(assessment, by=by)
        else:
            confirm_all([assessment], by=by)
        return assessment


def _end_draft(risk: Risk, by: User, version: int | None) -> None:
    """What the form showed ends as it was shown; past the form, as it stands."""
    if version is None:
        drop_assessment_drafts([risk], by=by)
    else:
        finish_assessment_draft(risk, by=by, version=version)


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
            assessment = assessment_of(row.risk, row.scores, grid, by)
            assessment.method, assessment.rationale = Method.IMPORT, row.rationale
            is_lower = row.scores.residual != row.scores.inherent
            assessment.is_unlinked_import = row.is_unlinked or is_lower
            assessment.state, assessment.submitted_at = AssessmentState.SUBMITTED, now
            assessment.clean_fields(exclude=["risk", "scheme", "assessor", "confirmed_by"])
            check_scores(assessment, needs_reasons=False)
            made.append(assessment)
        Assessment.objects.bulk_create(made, batch_size=1000)
        confirm_all([one for one in made if not one.needs_second_person], by=by)
        return made


def _made_before(client_uuid: UUID | None, digest: str, by: User | None) -> Assessment | None:
    """What this very form has made already; raises KeyReused for another's, and for other content."""
    made = Assessment.objects.filter(client_uuid=client_uuid).first() if client_uuid else None
    if made and made.assessor_id != getattr(by, "pk", None):
        raise KeyReused
    if made and made.client_digest not in ("", digest):
        raise KeyReused
    return made


def _check_none_waits(risk: Risk) -> None:
    if Assessment.objects.filter(risk=risk).waiting().exists():
        raise PendingAssessment


def _submit(assessment: Assessment) -> None:
    assessment.state, assessment.submitted_at = AssessmentState.SUBMITTED, timezone.now()
    assessment.save()
