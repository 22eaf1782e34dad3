"""Close what a drill has shown to be missing, and have another person look at it."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.contingency.choices import GapState
from assessments.models import DrillGap
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import lock_row
from riskhub.entry.texts import prose


class OwnGap(Exception):  # noqa: N818 - reads as what it says
    """Nobody verifies what they have done themselves."""

    def __init__(self) -> None:
        super().__init__(_("You closed this gap yourself. Somebody else verifies it."))


def finish_gap(gap: DrillGap, *, by: User, note: str) -> DrillGap:
    """Done, with a word on what was done."""
    with acting(by, "drill_gap.done"):
        if not prose(note):
            raise ValidationError({"note": _("Say what was done.")})
        return move(gap, GapState.DONE, note=prose(note), done_by=by, done_at=timezone.now())


def verify_gap(gap: DrillGap, *, by: User) -> DrillGap:
    with acting(by, "drill_gap.verified"):
        stored = lock_row(gap)
        if stored.state == GapState.DONE and stored.done_by_id == by.pk:
            raise OwnGap
        return move(gap, GapState.VERIFIED, verified_by=by)


def reopen_gap(gap: DrillGap, *, by: User, reason: str) -> DrillGap:
    """Not closed after all: its owner goes on with it."""
    with acting(by, "drill_gap.reopened", prose(reason)):
        if not prose(reason):
            raise ValidationError({"reason": _("Say what is still missing.")})
        if lock_row(gap).state != GapState.DONE:
            raise WrongState(lock_row(gap), GapState.OPEN)
        return move(gap, GapState.OPEN, note="", done_by=None, done_at=None)
