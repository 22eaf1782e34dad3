"""Keep what is typed in the editor of a plan until it is kept in the plan; each author has their own."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import PlanDraft
from registers.closing import require_open
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import StaleVersion, lock_row, save_fields

MOST_TYPED = 150_000
"""So many characters of one draft are kept: a long plan and the text that it was opened with are fewer."""


def save_plan_draft(
    risk: Risk, *, by: User, typed: Mapping[str, Sequence[str]], version: int
) -> PlanDraft:
    """Nothing is checked but the length: half a row is kept, too. The same again changes nothing.

    `version` is that of the draft that the editor shows, 0 where there was none. Raises StaleVersion when
    another window has saved since, NotOpen.
    """
    kept = {
        name: [value.replace("\0", "") for value in values]
        for name, values in typed.items()
        if any(values)
    }
    if sum(len(value) for values in kept.values() for value in values) > MOST_TYPED:
        raise ValidationError(_("This is too long to be kept. Shorten the texts."))
    with acting(by, "plan.drafted"):
        require_open(lock_row(risk))
        stored = _locked(risk, by)
        if stored is None:
            return PlanDraft.objects.create(risk=risk, author=by, typed=kept)
        if stored.typed == kept:
            return stored
        if stored.row_version != version:
            raise StaleVersion(stored)
        return save_fields(stored, typed=kept, saved_at=timezone.now())


def discard_plan_draft(risk: Risk, *, by: User, version: int) -> None:
    """Of one's own; the same asked twice is done once. Raises StaleVersion."""
    with acting(by, "plan.draft_discarded"):
        stored = _locked(risk, by)
        if stored is None:
            return
        if stored.row_version != version:
            raise StaleVersion(stored)
        stored.delete()


def finish_plan_draft(risk: Risk, *, by: User, version: int) -> None:
    """It was kept in the plan. What another window has typed since stays, for its author to look at."""
    with acting(by, "plan.draft_kept"):
        stored = _locked(risk, by)
        if stored is not None and stored.row_version == version:
            stored.delete()


def _locked(risk: Risk, by: User) -> PlanDraft | None:
    return PlanDraft.objects.select_for_update().filter(risk=risk, author=by).first()
