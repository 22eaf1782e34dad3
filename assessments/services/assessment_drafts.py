"""Keep what is being judged until it is submitted; each author has a draft of their own."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import AssessmentDraft
from registers.closing import require_open
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import StaleVersion, lock_row, save_fields

MOST_TYPED = 60_000
"""So many characters of one draft are kept: all fields filled to the brim are fewer."""


def save_assessment_draft(
    risk: Risk, *, by: User, typed: Mapping[str, str], version: int
) -> AssessmentDraft:
    """Nothing is checked but the length: half a thought is kept, too, and what was emptied as empty.

    `version` is that of the draft that the form shows, 0 where there was none. Raises StaleVersion when
    another window has saved since, NotOpen.
    """
    kept = {name: value.replace("\0", "") for name, value in typed.items()}
    if sum(map(len, kept.values())) > MOST_TYPED:
        raise ValidationError(_("This is too long to be kept. Shorten the texts."))
    with acting(by, "assessment.drafted"):
        require_open(lock_row(risk))
        stored = _locked(risk, by)
        if stored is None:
            return AssessmentDraft.objects.create(risk=risk, assessor=by, typed=kept)
        if stored.typed == kept:
            return stored
        _require_version(stored, version)
        return save_fields(stored, typed=kept, saved_at=timezone.now())


def discard_assessment_draft(risk: Risk, *, by: User, version: int) -> None:
    """Of one's own; the same asked twice is done once. Raises StaleVersion."""
    with acting(by, "assessment.draft_discarded"):
        _delete(risk, by, version)


def finish_assessment_draft(risk: Risk, *, by: User, version: int) -> None:
    """It has become an assessment. Raises StaleVersion when another window has saved since."""
    with acting(by, "assessment.draft_submitted"):
        _delete(risk, by, version)


def drop_assessment_drafts(risks: Collection[Risk], *, by: User) -> None:
    """Their author has submitted past the form: nothing half written of these risks is left behind."""
    with acting(by, "assessment.draft_submitted"):
        AssessmentDraft.objects.filter(risk__in=risks, assessor=by).delete()


def _delete(risk: Risk, by: User, version: int) -> None:
    stored = _locked(risk, by)
    if stored is not None:
        _require_version(stored, version)
        stored.delete()


def _locked(risk: Risk, by: User) -> AssessmentDraft | None:
    return AssessmentDraft.objects.select_for_update().filter(risk=risk, assessor=by).first()


def _require_version(stored: AssessmentDraft, version: int) -> None:
    if stored.row_version != version:
        raise StaleVersion(stored)
