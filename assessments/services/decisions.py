"""Management decides on exactly the text it has read."""

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from assessments.choices import Decision
from assessments.models import Approval, PlanVersion, ResponsePlan
from assessments.permissions import can_decide_plan, deciding_as, involved_in, is_own_plan
from assessments.plans.content import PlanContent
from assessments.plans.grants import Grant
from assessments.services.enforcement import end_plan, keep_in_force, put_in_force
from assessments.services.plan_notices import tell_author
from assessments.services.plan_references import reference_faults
from assessments.services.plan_standing import show_plan
from registers.choices import Level, PlanState
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import StaleVersion, lock_row
from riskhub.entry.texts import one_line, prose

_BECOMES = {
    Decision.APPROVED: PlanState.APPROVED,
    Decision.CHANGES: PlanState.CHANGES_REQUESTED,
    Decision.REJECTED: PlanState.REJECTED,
}

MOST_GRANTED = Decimal(10) ** 12


class CannotDecide(Exception):  # noqa: N818 - reads as what it says
    """The submitter, an author, or somebody without the role."""


def decide_plan(
    plan: ResponsePlan,
    *,
    by: User,
    decision: str,
    content_hash: str,
    comment: str = "",
    grants: Mapping[str, Grant] | None = None,
) -> Approval:
    """Approve, ask for changes or reject the version whose hash the page showed.

    Approving grants the resources: `grants` by their keys; where nothing is said as before, of a new or
    changed one all that is asked for.
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
        if decision == Decision.APPROVED:
            _check_still_holds(head)
        given = _checked_grants(head, grants or {}) if decision == Decision.APPROVED else {}
        approval = Approval.objects.create(
            version=head,
            content_hash=content_hash,
            approver=by,
            on_behalf_of_id=None if right_of == by.pk else right_of,
            decision=decision,
            comment=prose(comment),
        )
        _follow(stored, approval, given, by)
        tell_author(stored, approval, by=by)
        return approval


def own_plan_objection(user: User, plan: ResponsePlan) -> str:
    """Why whoever wrote or submitted what waits does not decide on it, whatever their role."""
    is_own = plan.state == PlanState.SUBMITTED and is_own_plan(user, plan)
    return _four_eyes() if is_own else ""


def _four_eyes() -> str:
    return _("Somebody who neither wrote nor submitted this plan decides on it.")


def _follow(plan: ResponsePlan, approval: Approval, grants: Mapping[str, Grant], by: User) -> None:
    """What the decision does: a rejected change leaves the version in force as it is."""
    if approval.decision == Decision.APPROVED:
        put_in_force(plan, approval.version, by=by, grants=grants)
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


def _check_still_holds(head: PlanVersion) -> None:
    """What it rests on may have ended since it was submitted: then its author chooses anew."""
    if gone := reference_faults(PlanContent.parse(head.content)):
        ask = _("Ask for changes: the plan cannot be approved as it stands.")
        raise ValidationError({NON_FIELD_ERRORS: [*gone.values(), ask]})


def _checked_grants(head: PlanVersion, grants: Mapping[str, Grant]) -> dict[str, Grant]:
    """As they are kept; raises ValidationError for what was not asked for, and for more without a note.

    What is wrong with a grant stands at `granted-` and its key.
    """
    asked = {one.key: one for one in PlanContent.parse(head.content).resources}
    faults = {}
    for key, grant in grants.items():
        if key not in asked:
            faults[f"granted-{key}"] = _("The version that waits has no such resource.")
        elif not 0 <= grant.amount < MOST_GRANTED:
            faults[f"granted-{key}"] = _("Write an amount of 0 or more.")
        elif grant.amount > asked[key].quantity and not one_line(grant.note):
            faults[f"granted-{key}"] = _("This is more than is asked for: say why.")
    if faults:
        raise ValidationError(faults)
    return {key: Grant(one.amount, one_line(one.note)) for key, one in grants.items()}
