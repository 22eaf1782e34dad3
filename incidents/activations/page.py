"""What the phone shows while people act by a contingency plan, and what the plan keeps of it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.contingency.real_use import RealUse
from assessments.models import ContingencyPlan
from incidents.complaints.durations import in_words
from incidents.models import ActivationStep, ContingencyActivation, Incident
from riskhub.accounts.models import User
from riskhub.entry.day_words import moment

_DAY = 24 * 60


@dataclass(frozen=True)
class ShownStep:
    """`words`: when it was done against its target, or how long there is."""

    step: ActivationStep
    words: str
    is_late: bool


@dataclass(frozen=True)
class ShownRun:
    run: ContingencyActivation
    steps: list[ShownStep]
    words: str


def runs_of(incident: Incident, now: datetime) -> list[ShownRun]:
    """What runs first, then the latest; two queries."""
    runs = incident.activations.select_related("plan", "version", "started_by", "ended_by")
    steps = Prefetch("steps", ActivationStep.objects.select_related("done_by", "department"))
    found = [*runs.prefetch_related(steps).order_by("-started_at", "-pk")]
    return [_shown(run, now) for run in sorted(found, key=lambda run: not run.is_running)]


def fingerprint_of(runs: list[ShownRun]) -> str:
    """Another one as soon as a word on the page is another one."""
    told = [
        (shown.words, *((row.step.pk, row.words, str(row.step.done_at)) for row in shown.steps))
        for shown in runs
    ]
    return sha256(repr(told).encode()).hexdigest()[:16]


def plans_to_start(incident: Incident, user: User) -> list[ContingencyPlan]:
    """In force and not running for it; those that answer its risks first."""
    running = incident.activations.running().values("plan")
    plans = ContingencyPlan.objects.cards_visible_to(user).exclude(pk__in=running)
    linked = {
        *plans.filter(contingency_risks__risk__in=incident.risk_links.values("risk")).values_list(
            "pk", flat=True
        )
    }
    found = [*plans.for_list().order_by("number")]
    return sorted(found, key=lambda plan: plan.pk not in linked)


def real_uses_of(plan: ContingencyPlan, user: User) -> list[RealUse]:
    """Those of incidents that the user sees, the newest first."""
    runs = ContingencyActivation.objects.visible_to(user).filter(plan=plan)
    runs = runs.select_related("incident").prefetch_related("steps")
    return [_use(run) for run in runs.order_by("-started_at", "-pk")]


def step_words(step: ActivationStep) -> str:
    """Of a step that is done."""
    took = in_words(step.took or 0, _DAY)
    facts = {"took": took, "target": in_words(step.minute, _DAY)}
    if step.minute == 0:
        return _("after %(took)s, due at once") % facts
    if step.is_late:
        return _("after %(took)s, late: due after %(target)s") % facts
    return _("after %(took)s, in time: due after %(target)s") % facts


def _shown(run: ContingencyActivation, now: datetime) -> ShownRun:
    steps = []
    for step in run.steps.all():
        step.activation = run
        steps.append(_shown_step(step, now))
    words = _("begun %(at)s by %(name)s") % {"at": moment(run.started_at), "name": run.started_by}
    if run.ended_at:
        words = _("%(at)s to %(until)s") % {
            "at": moment(run.started_at), "until": moment(run.ended_at),
        }  # fmt: skip
    return ShownRun(run, steps, words)


def _shown_step(step: ActivationStep, now: datetime) -> ShownStep:
    if step.done_at is not None:
        return ShownStep(step, step_words(step), is_late=step.is_late)
    if not step.activation.is_running:
        return ShownStep(step, _("not done"), is_late=True)
    if step.minute == 0:
        return ShownStep(step, _("at once"), is_late=False)
    minutes = (step.due_at - now).total_seconds() / 60
    span = in_words(abs(minutes), _DAY)
    words = _("%(span)s late") if minutes < 0 else _("%(span)s left")
    return ShownStep(step, words % {"span": span}, is_late=minutes < 0)


def _use(run: ContingencyActivation) -> RealUse:
    steps = [*run.steps.all()]
    for step in steps:
        step.activation = run
    facts: dict[str, Any] = {
        "done": sum(step.done_at is not None for step in steps), "count": len(steps),
        "late": sum(step.is_late for step in steps),
    }  # fmt: skip
    words = _("%(done)d of %(count)d steps done, %(late)d late") % facts
    return RealUse(
        at=run.started_at, name=run.incident.code,
        url=reverse("incidents:response_detail", args=[run.incident.code]),
        words=words, summary=run.summary or _("still running"),
    )  # fmt: skip
