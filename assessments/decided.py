"""Who was faster, for whoever decides on what is decided: a name and a moment, in a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.choices import AssessmentState
from assessments.models import Approval, Assessment, MatrixScheme, ResponsePlan
from registers.choices import PlanState
from riskhub.accounts.models import User
from riskhub.audit.models import AuditEvent
from riskhub.entry.day_words import moment


def assessment_decided(assessment: Assessment) -> str:
    """Who confirmed it, or why it was sent back; empty while it waits or nobody's name is known."""
    if assessment.state == AssessmentState.REJECTED:
        words = _("It was sent back already: %(reason)s")
        return words % {"reason": assessment.rejected_reason}
    if assessment.confirmed_by is None:
        return ""
    return _("%(name)s confirmed it already, on %(when)s.") % {
        "name": assessment.confirmer,
        "when": moment(assessment.confirmed_at),
    }


def name_returns(assessments: Iterable[Assessment]) -> None:
    """Say of each in `returned` who sent it back, or that its assessor took it back. At most one query."""
    back: dict[str, Assessment] = {}
    for one in assessments:
        one.returned, one.is_taken_back = "", False  # type: ignore[attr-defined]
        if one.state == AssessmentState.REJECTED:
            back[str(one.pk)] = one
    table = Assessment._meta.db_table
    events = AuditEvent.objects.filter(object_type=table, object_id__in=back)
    for event in events.filter(after__state=AssessmentState.REJECTED).order_by("id"):
        one = back[event.object_id]
        is_own = event.actor_id == one.assessor_id
        words = _("Taken back:") if is_own else _("%(name)s sent it back:")
        one.returned = words % {"name": event.actor_name}  # type: ignore[attr-defined]
        one.is_taken_back = is_own  # type: ignore[attr-defined]


def withdrawal_of(plan: ResponsePlan) -> AuditEvent | None:
    """The event that says who withdrew it and when."""
    if plan.state != PlanState.WITHDRAWN:
        return None
    return AuditEvent.objects.about(plan).filter(after__state=PlanState.WITHDRAWN).first()


def given_up_of(plan: ResponsePlan) -> Iterable[AuditEvent]:
    """The events by which versions that were being written were given up: `before` names the version."""
    written = (PlanState.DRAFT, PlanState.CHANGES_REQUESTED)
    kept = AuditEvent.objects.about(plan).filter(action="plan.kept_in_force")
    return kept.filter(before__state__in=written, after__state=PlanState.APPROVED)


@dataclass(frozen=True)
class Saved:
    """Who changed a thing last, for somebody with an older text before them: a sentence."""

    saved: str = ""
    is_own: bool = False


def plan_saved(plan: ResponsePlan, reader: User) -> Saved:
    event = AuditEvent.objects.about(plan).first()
    if event is None:
        return Saved()
    is_own = event.actor_id == reader.pk
    if is_own and event.action == "plan.submitted":
        words = _("You submitted this plan in another window, %(when)s.")
    elif is_own:
        words = _("You changed this plan in another window, %(when)s.")
    else:
        words = _("%(name)s changed this plan meanwhile, %(when)s.")
    return Saved(words % {"name": event.actor_name, "when": moment(event.at)}, is_own)


def scheme_saved(scheme: MatrixScheme, reader: User) -> Saved:
    event = AuditEvent.objects.about(scheme).first()
    if event is None:
        return Saved()
    is_own = event.actor_id == reader.pk
    words = (
        _("You changed this matrix in another window, %(when)s.")
        if is_own
        else _("%(name)s changed this matrix meanwhile, %(when)s.")
    )
    return Saved(words % {"name": event.actor_name, "when": moment(event.at)}, is_own)


def plan_decided(plan: ResponsePlan) -> str:
    """What was decided on its newest version, or who ended it; empty where that was changed."""
    if ended := withdrawal_of(plan):
        return _("%(name)s withdrew it on %(when)s: %(reason)s") % {
            "name": ended.actor_name, "when": moment(ended.at), "reason": plan.ended_reason,
        }  # fmt: skip
    made = (
        Approval.objects.filter(version=plan.head_id)
        .select_related("approver", "on_behalf_of")
        .last()
    )
    if made is None:
        return ""
    return _("%(name)s decided on it already, on %(when)s: %(decision)s.") % {
        "name": made.who,
        "when": moment(made.at),
        "decision": made.get_decision_display(),
    }
