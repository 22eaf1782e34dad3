"""Who may do what with complaints."""

from decimal import Decimal

from incidents.incidents.permissions import can_read_incidents
from incidents.models import Complaint, Resolution
from incidents.records.kinds import kind_of_run
from registers.permissions import can_file_proposal
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.audit.models import AuditEvent
from riskhub.audit.transitions import can_move
from riskhub.company.preferences import preference
from riskhub.imports.models import ImportRun, ImportState

READERS = (
    Role.CUSTOMER_SERVICE,
    Role.RISK_MANAGER,
    Role.DEPARTMENT_HEAD,
    Role.AUDITOR,
    Role.APPROVER,
)
EXPOSURE_READERS = (Role.RISK_MANAGER, Role.FINANCE, Role.APPROVER, Role.AUDITOR)
HANDLERS = (Role.CUSTOMER_SERVICE, Role.RISK_MANAGER)


def can_read_complaints(user: User) -> bool:
    return user.roles.has(*READERS)


def can_handle_any(user: User) -> bool:
    """Somewhere: buttons that are not about one complaint ask this."""
    return user.roles.has(*HANDLERS, Role.DEPARTMENT_HEAD)


def can_file_complaint(user: User) -> bool:
    """For a customer: whoever files what they saw, and whoever answers customers."""
    return can_file_proposal(user) or can_handle_any(user)


def has_written_down(user: User, complaint: Complaint) -> bool:
    """Whether this user filed it for the customer, as the audit knows."""
    received = AuditEvent.objects.about(complaint).filter(action="complaint.received")
    return received.filter(actor_id=user.pk).exists()


def may_handle(user: User, complaint: Complaint) -> bool:
    """Customer service and risk managers; the head of the department that it is about."""
    if user.roles.covers(complaint.department_id, *HANDLERS):
        return True
    department = complaint.department_id
    return department is not None and user.roles.covers(department, Role.DEPARTMENT_HEAD)


def authority_of(user: User, complaint: Complaint) -> Decimal:
    """Up to which amount this user offers without asking, in yuan: the highest of their roles."""
    limits: dict[str, int] = preference("offer_authority")
    held = [
        Decimal(limit)
        for role, limit in limits.items()
        if user.roles.covers(complaint.department_id, Role(role))
    ]
    return max(held, default=Decimal(0))


def highest_authority() -> Decimal:
    """What anybody at all may approve."""
    limits: dict[str, int] = preference("offer_authority")
    return Decimal(max(limits.values(), default=0))


def may_approve_offer(user: User, offer: Resolution) -> bool:
    """Another person whose own authority goes so far."""
    if user.pk == offer.made_by_id or offer.amount is None:
        return False
    return offer.amount <= authority_of(user, offer.complaint)


def may_revoke_offer(user: User, offer: Resolution) -> bool:
    """Whoever handles the complaint, or who was asked to approve and says no."""
    return may_handle(user, offer.complaint) or may_approve_offer(user, offer)


def can_read_severities(user: User) -> bool:
    """Sees how fast the company answers: who answers, and who looks after all of it."""
    may = user.roles.has(Role.RISK_MANAGER, Role.CUSTOMER_SERVICE)
    return may or user.roles.everywhere(Role.ADMIN, Role.AUDITOR)


def can_edit_severities(user: User) -> bool:
    """Clocks and working hours are those of the whole company."""
    return user.roles.everywhere(Role.RISK_MANAGER)


def can_import_records(user: User) -> bool:
    """A file may name any department: whoever keeps the risks of the whole company."""
    return user.roles.everywhere(Role.RISK_MANAGER)


def can_read_record_imports(user: User) -> bool:
    return user.roles.everywhere(Role.RISK_MANAGER, Role.AUDITOR)


def can_answer_record_import(user: User, run: ImportRun) -> bool:
    """While nothing of it is written."""
    return run.state in (ImportState.UPLOADED, ImportState.FAILED) and can_import_records(user)


def can_undo_record_import(user: User, run: ImportRun) -> bool:
    """Once it was applied."""
    may = can_move(run, ImportState.UNDONE) and kind_of_run(run.kind).is_undoable
    return may and can_import_records(user)


def can_read_exposure(user: User) -> bool:
    """Orders are those of the whole company."""
    return user.roles.everywhere(*EXPOSURE_READERS)


def can_edit_exposure(user: User) -> bool:
    return user.roles.everywhere(Role.RISK_MANAGER)


def can_read_statistics(user: User) -> bool:
    """Whoever has a list of complaints or incidents; each sees the figures of what they read."""
    return can_read_complaints(user) or can_read_incidents(user)


def can_read_replies(user: User) -> bool:
    """Whoever uses them, and who looks after all of it."""
    return can_handle_any(user) or user.roles.everywhere(Role.ADMIN, Role.AUDITOR)


def can_edit_replies(user: User) -> bool:
    """They are those of the whole company."""
    return user.roles.everywhere(*HANDLERS)
