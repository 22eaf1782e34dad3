"""Somebody has looked and says why a risk need not be judged again."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.choices import ReassessmentState
from assessments.models import ChangeRisk, ProcessChange, ReassessmentTask
from assessments.services.change_risks import follow_changes
from assessments.services.reassessments import drop_reassessments
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import lock_version
from riskhub.entry.reasons import reason_fault
from riskhub.entry.texts import prose


class OwnRequest(Exception):  # noqa: N818 - reads as what it says
    """Who asked for a change does not say that its risks need no assessment."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You asked for the change that waits for this risk. Somebody else waives it, "
                "or the risk is assessed."
            )
        )


def waive_reassessment(
    task: ReassessmentTask,
    *,
    by: User,
    reason: str,
    version: int | None = None,
    change: ProcessChange | None = None,
) -> ReassessmentTask:
    """No assessment is needed; of a task that several changes share for `change` alone.

    The task is closed once none waits for it any longer. Raises OwnRequest for whoever asked for that change.
    """
    with acting(by, "reassessment.waived", reason):
        # Nobody joins the task while it is waived.
        list(Risk.objects.select_for_update(no_key=True).filter(pk=task.risk_id))
        stored = lock_version(task, version)
        if stored.state != ReassessmentState.OPEN:
            raise WrongState(stored, ReassessmentState.WAIVED)
        waiting = waiting_for(stored)
        row = _row_of(waiting, change)
        if row and row.change.requested_by_id == by.pk:
            raise OwnRequest
        if fault := reason_fault(reason):
            raise ValidationError({"reason": fault})
        if row:
            row.waived_reason = prose(reason)
            row.save(update_fields=["waived_reason"])
        if len(waiting) > 1:
            follow_changes([stored.pk], by=by)
            stored.refresh_from_db()
            return stored
        (closed,) = drop_reassessments([stored], by=by, reason=reason)
        return closed


def waiting_for(task: ReassessmentTask) -> Sequence[ChangeRisk]:
    """Its rows in the changes that do not go live before it is done or waived."""
    rows = ChangeRisk.objects.waiting().filter(task=task).select_related("change")
    return list(rows.order_by("change__number"))


def _row_of(waiting: Sequence[ChangeRisk], change: ProcessChange | None) -> ChangeRisk | None:
    """The row that is waived; None where no change asks. Raises ValidationError where it is not clear."""
    if change is None and len(waiting) < 2:  # noqa: PLR2004 - one, or none
        return waiting[0] if waiting else None
    found = [row for row in waiting if change is not None and row.change_id == change.pk]
    if found:
        return found[0]
    codes = pgettext("between names", ", ").join(row.change.code for row in waiting)
    said = _("Say for which change: %(changes)s. The others go on waiting for the assessment.")
    none = _("No change waits for this risk any longer.")
    raise ValidationError({"change": said % {"changes": codes} if codes else none})
