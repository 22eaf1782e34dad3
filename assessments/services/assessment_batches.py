"""Judge many risks at once: what can be recorded is, and of the others each is told why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.choices import AssessmentState, Confidence, Method, Trigger
from assessments.counting import Links, links_in_use
from assessments.grounds import Basis, Grounds, Policies, grounds_of
from assessments.matrix import Grid
from assessments.models import Assessment
from assessments.net_of import policies_named
from assessments.schemes.in_force import grid_in_force
from assessments.scoring import Scores, assessment_of, check_scores
from assessments.services.assessment_drafts import drop_assessment_drafts
from assessments.services.assessment_notices import tell_confirmers_of_many
from assessments.services.assessments import PendingAssessment
from assessments.services.basis import keep_grounds
from assessments.services.confirmations import confirm_all
from registers.closing import NotOpen, require_open
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.entry.repeats import KeyReused, digest_of
from riskhub.entry.texts import prose


@dataclass(frozen=True)
class Judged:
    """One judgement of a batch. The same `key` sent again is the same assessment."""

    risk: Risk
    scores: Scores
    rationale: str
    confidence: str = Confidence.MEDIUM
    trigger: str = Trigger.MANUAL
    basis: Basis = field(default_factory=Basis)
    key: UUID | None = None


@dataclass(frozen=True)
class Recorded:
    """What became of it: an assessment, made now or before under the same key, or a refusal."""

    assessment: Assessment | None = None
    refusal: Exception | None = None


@dataclass
class _Batch:
    """What is read once for all rows."""

    by: User
    grid: Grid
    risks: dict[int, Risk]
    links: Links
    policies: Policies
    waiting: set[int]
    made: dict[UUID | None, Assessment]
    seen: set[int] = field(default_factory=set)
    grounds: list[Grounds] = field(default_factory=list)


def record_batch(rows: Sequence[Judged], *, by: User) -> list[Recorded]:
    """In the order of the rows, in one transaction and the same number of queries however many.

    A row that is refused keeps no other from being recorded. One assessment for each risk.
    """
    with acting(by, "assessment.submitted"):
        batch = _read(rows, by)
        found = [_try(row, batch) for row in rows]
        made = [grounds.assessment for grounds in batch.grounds]
        Assessment.objects.bulk_create(made, batch_size=1000)
        keep_grounds(batch.grounds, by=by)
        drop_assessment_drafts([one.risk for one in made], by=by)
        waiting = [one for one in made if one.needs_second_person]
        confirm_all([one for one in made if not one.needs_second_person], by=by)
        tell_confirmers_of_many(waiting, by=by)
        return found


def _read(rows: Sequence[Judged], by: User) -> _Batch:
    keys = {row.risk.pk for row in rows}
    risks = Risk.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    locked = {risk.pk: risk for risk in risks}
    made = Assessment.objects.filter(client_uuid__in=[row.key for row in rows if row.key])
    waiting = Assessment.objects.filter(risk__in=keys).waiting().values_list("risk", flat=True)
    return _Batch(
        by=by,
        grid=grid_in_force(),
        risks=locked,
        links=links_in_use(list(locked.values())),
        policies=policies_named([row.basis for row in rows]),
        waiting=set(waiting),
        made={one.client_uuid: one for one in made.select_related("risk")},
    )


def _try(row: Judged, batch: _Batch) -> Recorded:
    try:
        return Recorded(_judge(row, batch))
    except (NotOpen, PendingAssessment, ValidationError) as refusal:
        return Recorded(refusal=refusal)


def _judge(row: Judged, batch: _Batch) -> Assessment:
    sent = {"risk": row.risk, "scores": row.scores, "rationale": prose(row.rationale),
            "confidence": row.confidence, "trigger": row.trigger, "basis": row.basis}  # fmt: skip
    digest = digest_of(sent) if row.key else ""
    if row.key and (before := batch.made.get(row.key)):
        if before.assessor_id != batch.by.pk or before.client_digest != digest:
            raise KeyReused
        return before
    risk = batch.risks[row.risk.pk]
    require_open(risk)
    if risk.pk in batch.waiting:
        raise PendingAssessment
    if risk.pk in batch.seen:
        raise ValidationError({"risk": _("This risk stands in the request twice.")})
    assessment = assessment_of(risk, row.scores, batch.grid, batch.by)
    assessment.rationale, assessment.evidence = prose(row.rationale), prose(row.basis.evidence)
    assessment.method, assessment.confidence = Method.MATRIX, row.confidence
    assessment.trigger = row.trigger
    assessment.client_uuid, assessment.client_digest = row.key, digest
    assessment.state, assessment.submitted_at = AssessmentState.SUBMITTED, timezone.now()
    check_scores(assessment)
    links = batch.links[risk.pk]
    batch.grounds.append(grounds_of(assessment, row.basis, links, batch.policies))
    batch.seen.add(risk.pk)
    if row.key:
        batch.made[row.key] = assessment
    return assessment
