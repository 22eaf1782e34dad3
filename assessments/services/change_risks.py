"""The risks of a change: added and taken off by hand, and asked to be judged again."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import F, Min, Q
from django.utils.translation import gettext as _

from assessments.changes.affected import Affected
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

_LONGEST = 300
"""As many characters as the cause of a task has room for."""


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
        keys = [task.pk for task in tasks.values()]
        _name_changes(keys, Q(change=change) | Q(change__state__in=PENDING_CHANGE_STATES))
        late = [task.pk for task in tasks.values() if task.due_on > due_on]
        ReassessmentTask.objects.filter(pk__in=late, due_on__gt=due_on).update(
            due_on=due_on, row_version=F("row_version") + 1
        )


def follow_planned_days(change: ProcessChange, *, by: User) -> None:
    """Its open tasks are due the day before the first of the changes that need them."""
    with acting(by, "change.postponed"):
        own = ChangeRisk.objects.filter(change=change).to_do().values_list("task", flat=True)
        _follow_days(list(own))


def follow_changes(tasks: Collection[int], *, by: User) -> None:
    """One of the changes that shared these tasks needs them no longer: they are named and due without it."""
    with acting(by, "reassessment.waived"):
        _name_changes(tasks, Q(change__state__in=PENDING_CHANGE_STATES))
        _follow_days(tasks)


def forget_cancelled(change: ProcessChange, *, by: User) -> None:
    """What another change still needs is named after that one alone."""
    with acting(by, "change.cancelled"):
        own = ChangeRisk.objects.filter(change=change).to_do().values_list("task", flat=True)
        tasks = list(own)
        _name_changes(tasks, Q(change__state__in=PENDING_CHANGE_STATES))
        _follow_days(tasks)


def _follow_days(own: Collection[int]) -> None:
    """Due the day before the first of the changes that still need them."""
    needed = Min(
        "change_risks__change__planned_on",
        filter=Q(
            change_risks__change__state__in=PENDING_CHANGE_STATES,
            change_risks__waived_reason="",
        ),
    )
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


def _name_changes(tasks: Collection[int], needing: Q) -> None:
    """Each task says every change that waits for it; another version, so that no waiver frees one unread."""
    rows = ChangeRisk.objects.to_do().filter(needing, task__in=tasks).select_related("change")
    changes: dict[int | None, list[ProcessChange]] = {}
    for row in rows.order_by("change__number"):
        changes.setdefault(row.task_id, []).append(row.change)
    stored = ReassessmentTask.objects.select_for_update().filter(pk__in=tasks).order_by("pk")
    renamed = []
    for task in stored:
        words = [_named(changes[task.pk], language) for language in ("zh-hans", "en")]
        if words != [task.label_zh, task.label_en]:
            task.label_zh, task.label_en = words
            task.row_version += 1
            renamed.append(task)
    ReassessmentTask.objects.bulk_update(
        renamed, ["label_zh", "label_en", "row_version"], batch_size=500
    )


def _named(changes: list[ProcessChange], language: str) -> str:
    """All of their codes, and of the names as much as there is room for."""
    between = "；" if language == "zh-hans" else "; "
    room = _LONGEST // len(changes) - len(between)
    names = [f"{change.code} {change.names[language]}" for change in changes]
    if len(between.join(names)) > _LONGEST:
        names = [name if len(name) <= room else f"{name[: room - 1]}…" for name in names]
    return between.join(names)[:_LONGEST]


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
