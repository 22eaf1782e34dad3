"""Acting by a contingency plan: begun from an incident, step by step, ended with a summary."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import ContingencyPlan
from incidents.models import ActivationStep, ContingencyActivation, Incident
from incidents.services.incident_notices import tell_activated
from incidents.services.lasting import lock_open
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row
from riskhub.entry.texts import prose

AHEAD = timedelta(minutes=5)
"""So far a telephone's clock may be ahead of ours."""


class ActivationOver(ValidationError):  # noqa: N818 - reads as what it says
    """It was ended: its steps stay as they were."""

    def __init__(self) -> None:
        super().__init__(_("This was ended meanwhile: what was done stays as it is."))


def start_activation(
    incident: Incident, *, by: User, plan: ContingencyPlan
) -> ContingencyActivation:
    """Its clock runs from now. Where it runs already, that one: two people may press at once."""
    with acting(by, "activation.started"):
        stored = lock_open(incident)
        if (
            running := ContingencyActivation.objects.running()
            .filter(incident=stored, plan=plan)
            .first()
        ):
            return running
        version = plan.in_force
        if version is None:
            raise ValidationError(_("Nobody acts by this plan: no version is in force."))
        activation = ContingencyActivation.objects.create(
            incident=stored, plan=plan, version=version, started_by=by
        )
        ActivationStep.objects.bulk_create(
            ActivationStep(
                activation=activation, seq=step.seq, minute=step.minute, who=step.who,
                department_id=step.department_id, text_zh=step.text_zh,
                text_en=step.text_en, phone=step.phone,
            )
            for step in version.steps.all()
        )  # fmt: skip
        tell_activated(activation, by=by)
        return activation


def tick_step(step: ActivationStep, *, by: User, at: datetime | None = None) -> ActivationStep:
    """Ticked twice, it stays as the first said. `at`: when the phone, offline perhaps, was tapped."""
    with acting(by, "activation_step.ticked"):
        stored = _running(step)
        if stored.done_at is None:
            stored.done_at, stored.done_by = _moment(stored.activation, at), by
            stored.save(update_fields=["done_at", "done_by"])
        return stored


def untick_step(step: ActivationStep, *, by: User) -> ActivationStep:
    """Tapped by mistake."""
    with acting(by, "activation_step.unticked"):
        stored = _running(step)
        if stored.done_at is not None:
            stored.done_at = stored.done_by = None
            stored.save(update_fields=["done_at", "done_by"])
        return stored


def end_activation(
    activation: ContingencyActivation, *, by: User, summary: str
) -> ContingencyActivation:
    """What was not done stays open to be seen. The plan keeps it beside its drills."""
    with acting(by, "activation.ended"):
        stored = lock_row(activation)
        if not stored.is_running:
            raise ActivationOver
        if not prose(summary):
            raise ValidationError({"summary": _("Say how it went, in one sentence at least.")})
        stored.ended_at, stored.ended_by, stored.summary = timezone.now(), by, prose(summary)
        stored.clean_fields(exclude=["incident", "plan", "version", "started_by", "ended_by"])
        stored.save(update_fields=["ended_at", "ended_by", "summary"])
        return stored


def _running(step: ActivationStep) -> ActivationStep:
    """Its activation is locked first: nobody ticks while somebody ends it."""
    activation = lock_row(step.activation)
    if not activation.is_running:
        raise ActivationOver
    stored = lock_row(step)
    stored.activation = activation
    return stored


def _moment(activation: ContingencyActivation, at: datetime | None) -> datetime:
    """Not before it was begun and not in the future."""
    now = timezone.now()
    if at is None or now < at <= now + AHEAD:
        return now
    if not activation.started_at <= at <= now:
        raise ValidationError({"at": _("A step is done after the plan was begun, and not ahead.")})
    return at
