"""What asks for a risk to be judged again, and what ends such a task."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from assessments.choices import PENDING_CHANGE_STATES, ReassessmentState
from assessments.models import Assessment, ReassessmentTask
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import move, move_all
from riskhub.audit.versions import lock_version
from riskhub.entry.texts import prose


@dataclass(frozen=True)
class Cause:
    """Why one risk is to be judged again, and until when."""

    risk: int
    """The key of the risk."""
    reason: str
    due_on: date
    ref: str = ""
    label_zh: str = ""
    label_en: str = ""


def open_reassessments(
    causes: Iterable[Cause], *, by: User | None
) -> dict[tuple[int, str], ReassessmentTask]:
    """The open task of each (risk, reason), made where there is none; closed risks get none.

    The same few queries however many causes. Of several causes with the same reason the first one names the
    task; a later one that is due earlier does not move it.
    """
    wanted: dict[tuple[int, str], Cause] = {}
    for cause in causes:
        wanted.setdefault((cause.risk, cause.reason), cause)
    with acting(by, "reassessment.opened"):
        live = set(_lock_open({risk for risk, _reason in wanted}))
        now = timezone.now()
        ReassessmentTask.objects.bulk_create(
            [
                ReassessmentTask(
                    risk_id=cause.risk, reason=cause.reason, due_on=cause.due_on, ref=cause.ref,
                    label_zh=cause.label_zh, label_en=cause.label_en, opened_at=now,
                )
                for cause in wanted.values()
                if cause.risk in live
            ],
            batch_size=1000,
            ignore_conflicts=True,
        )  # fmt: skip
        found = ReassessmentTask.objects.open().filter(
            risk__in=live, reason__in={reason for _risk, reason in wanted}
        )
        tasks = {(task.risk_id, task.reason): task for task in found}
        return {key: tasks[key] for key in wanted if key in tasks}


def finish_reassessments(assessments: Sequence[Assessment], *, by: User | None) -> None:
    """What was just confirmed answers what was asked before it was submitted, not what came after."""
    submitted = {a.risk_id: a.submitted_at for a in assessments}
    joined = Max(
        "change_risks__change__submitted_at",
        filter=Q(
            change_risks__change__state__in=PENDING_CHANGE_STATES, change_risks__waived_reason=""
        ),
    )
    tasks = ReassessmentTask.objects.open().filter(risk__in=submitted)
    asked = tasks.annotate(asked_at=Greatest("opened_at", joined)).order_by("pk")
    answered = [
        task
        for task in asked
        if (moment := submitted[task.risk_id]) and task.asked_at <= moment  # type: ignore[attr-defined]
    ]
    if not answered:
        return
    with acting(by, "reassessment.finished"):
        confirmed = Assessment.objects.confirmed().filter(risk=OuterRef("risk")).values("pk")
        move_all(
            answered, ReassessmentState.DONE, assessment_id=Subquery(confirmed),
            closed_at=timezone.now(), closed_by=by,
        )  # fmt: skip


def drop_reassessments(
    tasks: Iterable[ReassessmentTask], *, by: User, reason: str
) -> list[ReassessmentTask]:
    """What asked for them is given up; their risks are locked already."""
    with acting(by, "reassessment.waived", reason):
        return [_waive(lock_version(task, None), by, reason) for task in tasks]


def _waive(task: ReassessmentTask, by: User, reason: str) -> ReassessmentTask:
    return move(
        task, ReassessmentState.WAIVED, waived_reason=prose(reason), closed_at=timezone.now(),
        closed_by=by,
    )  # fmt: skip


def _lock_open(keys: Collection[int]) -> list[int]:
    """Those that are open and stay so until this ends, locked in everybody's order."""
    risks = Risk.objects.select_for_update(no_key=True).filter(pk__in=keys).open()
    return list(risks.order_by("pk").values_list("pk", flat=True))
