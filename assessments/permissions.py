"""Who judges, who writes plans, who decides. Visibility is decided before, by `visible_to`."""

from assessments.choices import AssessmentState
from assessments.models import Action, Assessment, PlanAuthor, ResponsePlan
from registers.choices import PlanState
from registers.models import Risk
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User


def can_assess_risk(user: User, risk: Risk) -> bool:
    return risk.is_open and may_answer_for(user, risk.owner_department_id)


def may_answer_for(user: User, department_id: int | None) -> bool:
    """Assesses the risks of this department and submits its plans, whatever state they are in."""
    return user.roles.covers(department_id, Role.RISK_MANAGER, Role.DEPARTMENT_HEAD)


def can_confirm_assessment(user: User, assessment: Assessment) -> bool:
    """Another person than the assessor, with the right to confirm."""
    return (
        assessment.state == AssessmentState.SUBMITTED
        and assessment.assessor_id != user.pk
        and may_confirm(user, assessment.risk.owner_department_id)
    )


def may_confirm(user: User, department_id: int | None) -> bool:
    return user.roles.covers(department_id, Role.RISK_MANAGER, Role.APPROVER)


def can_confirm_any(user: User) -> bool:
    """Sees the page of assessments that wait."""
    return user.roles.has(Role.RISK_MANAGER, Role.APPROVER)


def can_write_plan(user: User, risk: Risk) -> bool:
    """Department staff draft, heads and the risk manager submit too."""
    return risk.is_open and may_write_plan(user, risk.owner_department_id)


def may_write_plan(user: User, department_id: int | None) -> bool:
    return user.roles.covers(department_id, Role.RISK_MANAGER, Role.DEPARTMENT_HEAD, Role.STAFF)


def can_submit_plan(user: User, plan: ResponsePlan) -> bool:
    return plan.state == PlanState.DRAFT and may_answer_for(user, plan.risk.owner_department_id)


def can_withdraw_plan(user: User, plan: ResponsePlan) -> bool:
    return PlanState.WITHDRAWN in plan.next_states[plan.state] and may_answer_for(
        user, plan.risk.owner_department_id
    )


def can_decide_any(user: User) -> bool:
    """Has an approval inbox."""
    return user.roles.has(Role.APPROVER)


def may_decide(user: User, department_id: int | None) -> bool:
    return user.roles.covers(department_id, Role.APPROVER)


def can_decide_plan(user: User, plan: ResponsePlan) -> bool:
    """An approver who neither submitted nor wrote any of what is to be approved."""
    return (
        plan.state == PlanState.SUBMITTED
        and plan.head is not None
        and may_decide(user, plan.risk.owner_department_id)
        and plan.head.submitted_by_id != user.pk
        and not is_author(user, plan)
    )


def is_author(user: User, plan: ResponsePlan) -> bool:
    """Wrote words of the plan since the last approved version."""
    approved = plan.in_force.number if plan.in_force else 0
    return PlanAuthor.objects.filter(
        version__plan=plan, version__number__gt=approved, user=user
    ).exists()


def can_finish_action(user: User, action: Action) -> bool:
    return action.owner_id == user.pk or user.roles.covers(
        action.plan.risk.owner_department_id, Role.RISK_MANAGER, Role.DEPARTMENT_HEAD
    )


def can_make_report(user: User) -> bool:
    return user.roles.everywhere(Role.RISK_MANAGER)


def can_read_reports(user: User) -> bool:
    """A report holds the whole company: only roles that see the whole company read it."""
    return user.roles.everywhere(Role.RISK_MANAGER, Role.APPROVER, Role.FINANCE, Role.AUDITOR)


def can_import_register(user: User) -> bool:
    return user.roles.has(Role.RISK_MANAGER)
