"""Which tasks of a page its reader may waive, and which not because the change is their own."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.choices import ReassessmentReason
from assessments.models import ReassessmentTask
from assessments.permissions import can_waive_reassessment
from riskhub.accounts.models import User


@dataclass(frozen=True)
class Waiving:
    """Keys of tasks; `own` are those that wait for changes of the reader's alone."""

    may: frozenset[int]
    own: frozenset[int]


def waiving_of(user: User, tasks: Iterable[ReassessmentTask]) -> Waiving:
    """One query at most, none where no change asks."""
    waivable = {task.pk: task.reason for task in tasks if can_waive_reassessment(user, task)}
    by_change = [key for key, reason in waivable.items() if reason == ReassessmentReason.CHANGE]
    own: frozenset[int] = frozenset()
    if by_change:
        found = ReassessmentTask.objects.filter(pk__in=by_change).asked_for_only_by(user)
        own = frozenset(found.values_list("pk", flat=True))
    return Waiving(frozenset(waivable) - own, own)
