"""Yes or no about contingency plans, drills and gaps, for one user and one thing."""

from assessments.contingency.choices import GapState
from assessments.models import ContingencyPlan, Drill, DrillGap
from registers.models import Risk
from registers.permissions import KEEPERS, answers_for, may_link_controls, only_reads
from riskhub.accounts.models import User


def can_create_contingency(user: User) -> bool:
    """For some department; which ones, the form offers."""
    return user.roles.has(*KEEPERS)


def can_edit_contingency(user: User, plan: ContingencyPlan) -> bool:
    """Write it, put it in force, retire it, share its card, schedule its drills: its keepers."""
    return answers_for(user, plan.owner_department_id)


def can_record_drill(user: User, drill: Drill) -> bool:
    """Its keepers, and those whom the version in force names as responsible or deputy."""
    if can_edit_contingency(user, drill.plan):
        return True
    version = drill.plan.in_force
    is_named = version is not None and user.pk in {version.responsible_id, version.deputy_id}
    return is_named and not only_reads(user)


def may_link_contingency(user: User, risk: Risk) -> bool:
    """Say which plan answers the risk, whatever state that is in: as with its controls."""
    return may_link_controls(user, risk)


def can_link_contingency(user: User, risk: Risk) -> bool:
    return risk.is_open and may_link_contingency(user, risk)


def may_finish_gap(user: User, gap: DrillGap) -> bool:
    """Its owner, and the keepers of the plan, whatever became of it."""
    is_own = gap.owner_id == user.pk and not only_reads(user)
    return is_own or answers_for(user, _department_of(gap))


def can_finish_gap(user: User, gap: DrillGap) -> bool:
    return gap.state == GapState.OPEN and may_finish_gap(user, gap)


def may_verify_gap(user: User, gap: DrillGap) -> bool:
    """The keepers of the plan, whatever became of it."""
    return answers_for(user, _department_of(gap))


def can_verify_gap(user: User, gap: DrillGap) -> bool:
    """Not whoever has closed it."""
    is_other = gap.done_by_id != user.pk
    return gap.state == GapState.DONE and is_other and may_verify_gap(user, gap)


def _department_of(gap: DrillGap) -> int:
    return gap.drill.plan.owner_department_id
