"""Who judges, who writes plans, who decides. Visibility is decided before, by `visible_to`."""

from collections.abc import Collection, Iterable

from django.db.models import Max

from assessments.choices import (
    ActionState,
    AssessmentState,
    Decision,
    ReassessmentState,
)
from assessments.models import (
    Action,
    Approval,
    Assessment,
    PlanAuthor,
    ReassessmentTask,
    ResponsePlan,
)
from assessments.plans.outgrown import may_go_again
from assessments.querysets import CONFIRMERS, mappings_kept_by, runs_kept_by
from registers.choices import PlanState
from registers.models import Risk
from registers.permissions import only_reads
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.audit.transitions import can_move
from riskhub.imports.models import ImportMapping, ImportRun, ImportState


def can_assess_risk(user: User, risk: Risk) -> bool:
    return risk.is_open and may_answer_for(user, risk.owner_department_id)


def can_answer_any(user: User) -> bool:
    """Answers for the risks of some department."""
    return user.roles.has(Role.RISK_MANAGER, Role.DEPARTMENT_HEAD)


def may_answer_for(user: User, department_id: int | None) -> bool:
    """Assesses the risks of this department and submits its plans, whatever state they are in."""
    return user.roles.covers(department_id, Role.RISK_MANAGER, Role.DEPARTMENT_HEAD)


def can_confirm_assessment(user: User, assessment: Assessment) -> bool:
    """Another person than the assessor, with the right to confirm."""
    return (
        assessment.state == AssessmentState.SUBMITTED
        and assessment.assessor_id != user.pk
        and confirming_as(user, assessment) is not None
    )


def confirming_as(user: User, assessment: Assessment) -> int | None:
    """By whose right: their own, or of one they stand in for, never of the assessor's."""
    department = assessment.risk.owner_department_id
    return user.acts_as(department, *CONFIRMERS, but={assessment.assessor_id})


def can_reject_assessment(user: User, assessment: Assessment) -> bool:
    return assessment.state == AssessmentState.SUBMITTED and may_reject(user, assessment)


def may_reject(user: User, assessment: Assessment) -> bool:
    """Who may confirm it may send it back, and the assessor may take it back; in any state."""
    is_own = assessment.assessor_id == user.pk
    return is_own or confirming_as(user, assessment) is not None


def may_confirm(user: User, department_id: int | None) -> bool:
    return user.deciding_roles.covers(department_id, *CONFIRMERS)


def can_confirm_any(user: User) -> bool:
    """Confirms the assessments of some department."""
    return user.deciding_roles.has(*CONFIRMERS)


def can_read_confirmations(user: User) -> bool:
    """Sees the page of assessments that wait: who confirms, and the auditor, who reads everything."""
    return can_confirm_any(user) or user.roles.has(Role.AUDITOR)


def can_waive_reassessment(user: User, task: ReassessmentTask) -> bool:
    return can_move(task, ReassessmentState.WAIVED) and may_waive_reassessment(user, task)


def may_waive_reassessment(user: User, task: ReassessmentTask) -> bool:
    """That no assessment is needed, the risk manager says, in whatever state the task is."""
    return user.roles.covers(task.risk.owner_department_id, Role.RISK_MANAGER)


def can_write_plan(user: User, risk: Risk) -> bool:
    """Department staff draft, heads and the risk manager submit too."""
    return risk.is_open and may_write_plan(user, risk.owner_department_id)


def can_write_any(user: User) -> bool:
    """Writes plans for some department."""
    return can_answer_any(user) or user.roles.has(Role.STAFF)


def may_write_plan(user: User, department_id: int | None) -> bool:
    return user.roles.covers(department_id, Role.RISK_MANAGER, Role.DEPARTMENT_HEAD, Role.STAFF)


def can_edit_plan(user: User, plan: ResponsePlan) -> bool:
    """Not where it has ended: then the risk gets another plan."""
    is_open = plan.state == PlanState.DRAFT or can_move(plan, PlanState.DRAFT)
    return is_open and plan.risk.is_open and may_edit_plan(user, plan)


def may_edit_plan(user: User, plan: ResponsePlan) -> bool:
    """Staff write drafts; what was handed in is changed by those who may hand it in."""
    is_being_written = plan.state in (PlanState.DRAFT, PlanState.CHANGES_REQUESTED)
    may = may_write_plan if is_being_written else may_answer_for
    return may(user, plan.risk.owner_department_id)


def can_submit_plan(user: User, plan: ResponsePlan) -> bool:
    """A draft, and what is in force without the approval that its level asks for by now."""
    if not may_answer_for(user, plan.risk.owner_department_id):
        return False
    return plan.state == PlanState.DRAFT or (plan.risk.is_open and may_go_again(plan))


def can_withdraw_plan(user: User, plan: ResponsePlan) -> bool:
    return can_move(plan, PlanState.WITHDRAWN) and may_answer_for(
        user, plan.risk.owner_department_id
    )


def can_discard_version(user: User, plan: ResponsePlan) -> bool:
    """Of a plan in force, the further version that nobody has to decide on."""
    is_written = plan.state in (PlanState.DRAFT, PlanState.CHANGES_REQUESTED)
    return is_written and plan.in_force_id is not None and can_withdraw_plan(user, plan)


def can_decide_any(user: User) -> bool:
    """Has an approval inbox."""
    return user.deciding_roles.has(Role.APPROVER)


def can_read_approvals(user: User) -> bool:
    """Sees what waits for a decision: who decides, and the auditor, who reads everything."""
    return can_decide_any(user) or user.roles.has(Role.AUDITOR)


def may_decide(user: User, department_id: int | None) -> bool:
    return user.deciding_roles.covers(department_id, Role.APPROVER)


def can_decide_plan(user: User, plan: ResponsePlan) -> bool:
    """An approver who neither submitted nor wrote any of what is to be approved."""
    return (
        plan.state == PlanState.SUBMITTED
        and plan.head is not None
        and not is_own_plan(user, plan)
        and deciding_as(user, plan, involved_in(plan)) is not None
    )


def deciding_as(user: User, plan: ResponsePlan, involved: Collection[int | None]) -> int | None:
    """By whose right: their own, or of one they stand in for who is not `involved`."""
    return user.acts_as(plan.risk.owner_department_id, Role.APPROVER, but=involved)


def involved_in(plan: ResponsePlan) -> set[int | None]:
    """Who submitted what waits, or wrote words of it: neither they nor their stand-ins decide."""
    submitter = plan.head.submitted_by_id if plan.head else None
    return {*authors_since_approval(plan), submitter}


def is_own_plan(user: User, plan: ResponsePlan) -> bool:
    """Submitted it, or wrote words of it that nobody has approved yet."""
    return user.pk in involved_in(plan)


def authors_since_approval(plan: ResponsePlan) -> set[int]:
    """The ids of those who wrote words of the plan after its last approved version."""
    return authors_of([plan])[plan.pk]


def authors_of(plans: Iterable[ResponsePlan]) -> dict[int, set[int]]:
    """The same for many plans, by their keys, in two queries."""
    authors: dict[int, set[int]] = {plan.pk: set() for plan in plans}
    approved = Approval.objects.filter(version__plan__in=authors, decision=Decision.APPROVED)
    last = dict(approved.values_list("version__plan").annotate(Max("version__number")).order_by())
    written = PlanAuthor.objects.filter(version__plan__in=authors)
    for plan, number, user in written.values_list("version__plan", "version__number", "user"):
        if number > last.get(plan, 0):
            authors[plan].add(user)
    return authors


def can_finish_action(user: User, action: Action) -> bool:
    return can_move(action, ActionState.DONE) and may_finish_action(user, action)


def may_finish_action(user: User, action: Action) -> bool:
    """Its owner, or who answers for the risk; whatever state it is in."""
    is_owner = action.owner_id == user.pk and not only_reads(user)
    return is_owner or may_answer_for(user, action.plan.risk.owner_department_id)


def can_start_action(user: User, action: Action) -> bool:
    return action.state == ActionState.OPEN and may_finish_action(user, action)


def can_verify_action(user: User, action: Action) -> bool:
    """Done by somebody else: only another person says that it is."""
    return (
        action.state == ActionState.DONE
        and action.done_by_id != user.pk
        and may_verify_action(user, action)
    )


def may_verify_action(user: User, action: Action) -> bool:
    """The owner of the plan, or who answers for the risk; whatever state it is in."""
    is_owner = action.plan.owner_id == user.pk and not only_reads(user)
    return is_owner or may_answer_for(user, action.plan.risk.owner_department_id)


def can_close_plan(user: User, plan: ResponsePlan) -> bool:
    return can_move(plan, PlanState.CLOSED) and may_answer_for(user, plan.risk.owner_department_id)


def can_spend(user: User, plan: ResponsePlan) -> bool:
    """Enters what was used of the resources of a plan in force: its owner, or who answers for the risk."""
    return plan.in_force_id is not None and may_spend(user, plan)


def may_spend(user: User, plan: ResponsePlan) -> bool:
    is_owner = plan.owner_id == user.pk and not only_reads(user)
    return is_owner or may_answer_for(user, plan.risk.owner_department_id)


def can_make_report(user: User) -> bool:
    return user.roles.everywhere(Role.RISK_MANAGER)


def can_read_reports(user: User) -> bool:
    """A report holds the whole company: only roles that see the whole company read it."""
    return user.roles.everywhere(Role.RISK_MANAGER, Role.APPROVER, Role.FINANCE, Role.AUDITOR)


def can_import_register(user: User) -> bool:
    return user.roles.has(Role.RISK_MANAGER)


def can_import_into(user: User, department: Department) -> bool:
    """Keeps the register of this department."""
    return user.roles.covers(department.pk, Role.RISK_MANAGER)


def can_read_imports(user: User) -> bool:
    return can_import_register(user) or user.roles.everywhere(Role.AUDITOR)


def may_change_import(user: User, run: ImportRun) -> bool:
    """Who uploaded the file answers its questions and imports it, whatever state it is in."""
    return run.made_by_id == user.pk and can_import_register(user)


def may_discard_import(user: User, run: ImportRun) -> bool:
    """Who uploaded the file, or keeps the register that it is for, in whatever state it is."""
    if not can_import_register(user):
        return False
    return run.made_by_id == user.pk or runs_kept_by(user).filter(pk=run.pk).exists()


def can_edit_mapping(user: User, kept: ImportMapping) -> bool:
    """Whoever may import into its register."""
    return can_import_register(user) and mappings_kept_by(user).filter(pk=kept.pk).exists()


def may_undo_import(user: User, run: ImportRun) -> bool:
    """As discarding: the uploader, or whoever keeps the register."""
    return may_discard_import(user, run)


def can_undo_import(user: User, run: ImportRun) -> bool:
    return can_move(run, ImportState.UNDONE) and may_undo_import(user, run)


def can_discard_import(user: User, run: ImportRun) -> bool:
    return can_move(run, ImportState.DISCARDED) and may_discard_import(user, run)


def can_change_import(user: User, run: ImportRun) -> bool:
    is_open = run.state in (ImportState.UPLOADED, ImportState.FAILED)
    return is_open and may_change_import(user, run)
