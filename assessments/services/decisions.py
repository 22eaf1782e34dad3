"""Management decides on exactly the text it has read."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.choices import Decision
from assessments.models import Approval, PlanVersion, ResponsePlan
from assessments.permissions import can_decide_plan, deciding_as, involved_in, is_own_plan
from assessments.services.enforcement import end_plan, keep_in_force, put_in_force
from assessments.services.plan_notices import tell_author
from assessments.services.plan_standing import show_plan
from registers.choices import Level, PlanState
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import StaleVersion, lock_row
from riskhub.entry.texts import prose

_BECOMES = {
    Decision.APPROVED: PlanState.APPROVED,
    Decision.CHANGES: PlanState.CHANGES_REQUESTED,
    Decision.REJECTED: PlanState.REJECTED,
}


class CannotDecide(Exception):  # noqa: N818 - reads as what it says
    """The submitter, an author, or somebody without the role."""


def decide_plan(
    plan: ResponsePlan, *, by: User, decision: str, content_hash: str, comment: str = ""
) -> Approval:
    """Approve, ask for changes or reject the version whose hash the page showed.

    Raises StaleVersion when the text has changed since, WrongState when somebody decided already,
    CannotDecide for whoever submitted or wrote it. The database refuses the same.
    """
    with acting(
        by, f"plan.{'changes_requested' if decision == Decision.CHANGES else decision}", comment
    ):
        stored = lock_row(plan)
        if stored.state != PlanState.SUBMITTED:
            raise WrongState(stored, _BECOMES[Decision(decision)])
        head = PlanVersion.objects.select_for_update(of=("self",)).get(head_of=stored)
        if head.approvals.exists():  # written past this service: decided all the same
            raise WrongState(stored, _BECOMES[Decision(decision)])
        if head.content_hash != content_hash:
            raise StaleVersion(stored)
        if not can_decide_plan(by, stored):
            raise CannotDecide(_four_eyes())
        right_of = deciding_as(by, stored, involved_in(stored))
        _check_comment(head, decision, comment)
        approval = Approval.objects.create(
            version=head,
            content_hash=content_hash,
            approver=by,
            on_behalf_of_id=None if right_of == by.pk else right_of,
            decision=decision,
            comment=prose(comment),
        )
        _follow(stored, approval, by)
        tell_author(stored, approval, by=by)
        return approval


def own_plan_objection(user: User, plan: ResponsePlan) -> str:
    """Why whoever wrote or submitted what waits does not decide on it, whatever their role."""
    is_own = plan.state == PlanState.SUBMITTED and is_own_plan(user, plan)
    return _four_eyes() if is_own else ""


def _four_eyes() -> str:
    return _("Somebody who neither wrote nor submitted this plan decides on it.")


def _follow(plan: ResponsePlan, approval: Approval, by: User) -> None:
    """What the decision does: a rejected change leaves the version in force as it is."""
    if approval.decision == Decision.APPROVED:
        put_in_force(plan, approval.version, by=by)
    elif approval.decision == Decision.CHANGES:
        move(plan, PlanState.CHANGES_REQUESTED)
        show_plan(plan, by=by)
    elif plan.in_force:
        keep_in_force(plan, by=by)
    else:
        end_plan(plan, PlanState.REJECTED, by=by, reason=approval.comment)


def _check_comment(head: PlanVersion, decision: str, comment: str) -> None:
    """A refusal says why, and so does approving a critical risk's plan."""
    needed = decision != Decision.APPROVED or head.residual_level == Level.CRITICAL
    if needed and not prose(comment):
        raise ValidationError({"comment": _("Write one sentence: the author will read it.")})
