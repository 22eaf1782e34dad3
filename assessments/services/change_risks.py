"""The risks of a change: added and taken off by hand, and asked to be judged again."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import F, Min, Q
from django.utils.translation import gettext as _

from assessments.affected import Affected
from assessments.choices import (
    PENDING_CHANGE_STATES,
    ChangeOrigin,
    ChangeState,
    ReassessmentReason,
)
from assessments.models import ChangeRisk, ProcessChange, ReassessmentTask
from assessments.services.reassessments import Cause, open_reassessments
from registers.closing import require_open
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import lock_row
from riskhub.entry.texts import prose


def add_change_risk(change: ProcessChange, risk: Risk, *, by: User) -> ChangeRisk:
    """By hand; what was taken off comes back. Once handed in, the risk is asked for at once.

    Raises NotOpen for a closed risk.
    """
    with acting(by, "change.risk_added"):
        stored = lock_row(change)
        if stored.state not in (ChangeState.DRAFT, *PENDING_CHANGE_STATES):
            raise WrongState(stored, ChangeState.DRAFT)
        require_open(lock_row(risk))
        row, _is_new = ChangeRisk.objects.get_or_create(
            change=stored, risk=risk, defaults={"origin": ChangeOrigin.HAND}
        )
        if row.removed_reason:
            row.removed_reason, row.origin = "", ChangeOrigin.HAND
            row.save(update_fields=["removed_reason", "origin"])
        if not stored.is_draft and row.task is None:
            ask_for_risks(stored, {risk.pk: row.origin}, by=by)
            row.refresh_from_db()
        return row


def remove_change_risk(change: ProcessChange, risk: Risk, *, by: User, reason: str) -> ChangeRisk:
    """Off the list of a draft, with the reason; afterwards the risk manager waives its task instead."""
    with acting(by, "change.risk_removed", reason):
        stored = lock_row(change)
        if not stored.is_draft:
            raise WrongState(stored, ChangeState.DRAFT)
        if not prose(reason):
            raise ValidationError({"reason": _("Say why this risk is not affected.")})
        row, _is_new = ChangeRisk.objects.update_or_create(
            change=stored, risk=risk, defaults={"removed_reason": prose(reason)},
            create_defaults={"removed_reason": prose(reason), "origin": ChangeOrigin.NODE},
        )  # fmt: skip
        return row


def ask_for_risks(change: ProcessChange, risks: Affected, *, by: User) -> None:
    """One open task each, due the day before the change; a task that two changes share serves both."""
    with acting(by, "change.risks_asked"):
        due_on = change.planned_on - timedelta(days=1)
        names = {language: f"{change.code} {name}" for language, name in change.names.items()}
        tasks = open_reassessments(
            (
                Cause(
                    risk, ReassessmentReason.CHANGE, due_on, f"change:{change.code}",
                    label_zh=names["zh-hans"], label_en=names["en"],
                )
                for risk in sorted(risks)
            ),
            by=by,
        )  # fmt: skip
        _keep(change, risks, {risk: task for (risk, _reason), task in tasks.items()})
        late = [task.pk for task in tasks.values() if task.due_on > due_on]
        ReassessmentTask.objects.filter(pk__in=late, due_on__gt=due_on).update(
            due_on=due_on, row_version=F("row_version") + 1
        )


def follow_planned_days(change: ProcessChange, *, by: User) -> None:
    """Its open tasks are due the day before the first of the changes that need them."""
    own = ChangeRisk.objects.filter(change=change).to_do().values("task")
    needed = Min(
        "change_risks__change__planned_on",
        filter=Q(change_risks__change__state__in=PENDING_CHANGE_STATES),
    )
    with acting(by, "change.postponed"):
        tasks = ReassessmentTask.objects.select_for_update().filter(pk__in=own).order_by("pk")
        keys = list(tasks.values_list("pk", flat=True))
        found = ReassessmentTask.objects.filter(pk__in=keys).annotate(first=needed)
        of_day: dict[date, list[int]] = {}
        for key, first in found.values_list("pk", "first"):
            of_day.setdefault(first - timedelta(days=1), []).append(key)
        for due_on, alike in of_day.items():
            ReassessmentTask.objects.filter(pk__in=alike).exclude(due_on=due_on).update(
                due_on=due_on, row_version=F("row_version") + 1
            )


def _keep(change: ProcessChange, risks: Affected, tasks: Mapping[int, ReassessmentTask]) -> None:
    """The rows with their tasks; a risk that was closed meanwhile has none to wait for."""
    ChangeRisk.objects.bulk_create(
        [
            ChangeRisk(change=change, risk_id=risk, origin=origin, task=tasks.get(risk))
            for risk, origin in risks.items()
        ],
        update_conflicts=True,
        unique_fields=["change", "risk"],
        update_fields=["task"],
    )
