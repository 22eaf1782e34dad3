"""Yes or no, for one user and one thing. Visibility is decided before, by `visible_to`."""

from django.utils.translation import gettext as _

from registers.choices import ProposalState
from registers.models import Control, Register, Risk, RiskLink, RiskProposal
from registers.querysets import OWNERS, READERS
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User

TEXT_FIELDS = frozenset({"title", "title_alt", "cause", "event", "consequence", "lang"})
OWN_FIELDS = TEXT_FIELDS | {
    "category", "area", "primary_source", "sources", "service_lines", "owner",
    "business_importance", "importance_reason", "controllability", "velocity", "next_review_on",
}  # fmt: skip
ALL_FIELDS = OWN_FIELDS | {"owner_department"}
# How much of a risk somebody may edit, in one letter for the rows of a list.
LETTERS = (("a", ALL_FIELDS), ("o", OWN_FIELDS), ("t", TEXT_FIELDS))
FILERS = (
    Role.RISK_MANAGER, Role.DEPARTMENT_HEAD, Role.STAFF, Role.CUSTOMER_SERVICE, Role.APPROVER,
    Role.FINANCE,
)  # fmt: skip


POSTERS = (Role.RISK_MANAGER, Role.DEPARTMENT_HEAD)


def sees_risks(user: User) -> bool:
    """Whether the list of risks is worth a place in the navigation."""
    return user.deciding_roles.has(*READERS)


def sees_risks_of(user: User, department_id: int | None) -> bool:
    """By a role of their own, not as somebody's stand-in."""
    return user.roles.covers(department_id, *READERS)


def can_own_risks_of(user: User, department_id: int | None) -> bool:
    """Whether the user may be responsible for what belongs to this department."""
    return user.roles.covers(department_id, *OWNERS)


def only_reads(user: User) -> bool:
    """An auditor and nothing else: changes nothing, whatever bears their name."""
    return user.roles.has(Role.AUDITOR) and not user.roles.has(*OWNERS)


def owner_objection(owner: User | None, department: Department) -> str:
    """Why this person cannot be responsible for a risk of the department; empty when they can.

    Nobody looks after what they cannot see, and an auditor only reads.
    """
    if owner is None:
        return ""
    if not owner.is_active:
        words = _("The account of %(name)s is closed. Choose somebody else.")
        return words % {"name": owner}
    if can_own_risks_of(owner, department.pk):
        return ""
    if sees_risks_of(owner, department.pk):
        return _(
            "%(name)s only reads here, as an auditor. Choose somebody who may act on the risks of "
            "“%(department)s”."
        ) % {"name": owner, "department": department.name}
    return _(
        "%(name)s does not see the risks of “%(department)s”. Choose somebody who does, "
        "or have the administrator give them a role for it."
    ) % {"name": owner, "department": department.name}


def can_read_taxonomy(user: User) -> bool:
    """Sees the lists of the company: who keeps a register, and who looks after all of it."""
    return user.roles.has(Role.RISK_MANAGER) or user.roles.everywhere(Role.ADMIN, Role.AUDITOR)


def can_edit_taxonomy(user: User) -> bool:
    """The lists are those of the whole company."""
    return user.roles.everywhere(Role.RISK_MANAGER)


def can_edit_transfers(user: User) -> bool:
    """Policies, clauses and suppliers are those of the whole company."""
    return user.roles.everywhere(Role.RISK_MANAGER, Role.FINANCE)


def can_create_register(user: User) -> bool:
    return user.roles.has(Role.RISK_MANAGER)


def can_edit_register(user: User, register: Register) -> bool:
    """Change it, archive it, open it again: whoever keeps it."""
    return can_manage_department(user, register.department_id)


def can_create_risk(user: User) -> bool:
    """Enter, adopt or import: the risk manager keeps the register."""
    return user.roles.has(Role.RISK_MANAGER)


def edits_risks(user: User) -> bool:
    """Holds a role by which some field of some risk is theirs to change."""
    return user.roles.has(Role.RISK_MANAGER, Role.DEPARTMENT_HEAD, Role.STAFF)


def can_edit_in_bulk(user: User) -> bool:
    """Changes more than the text of some risk."""
    return user.roles.has(Role.RISK_MANAGER, Role.DEPARTMENT_HEAD)


def can_manage_department(user: User, department_id: int | None) -> bool:
    """Whether the user keeps the register of this department."""
    return user.roles.covers(department_id, Role.RISK_MANAGER)


def editable_fields(user: User, risk: Risk) -> frozenset[str]:
    """What the user may change on this risk now: nothing once it is closed."""
    return fields_by_role(user, risk) if risk.is_open else frozenset()


def fields_by_role(user: User, risk: Risk) -> frozenset[str]:
    """All, all but the department, the text only, or nothing; whatever state the risk is in."""
    if user.roles.covers(risk.owner_department_id, Role.RISK_MANAGER):
        return ALL_FIELDS
    if user.roles.covers(risk.owner_department_id, Role.DEPARTMENT_HEAD):
        return OWN_FIELDS
    if user.roles.covers(risk.owner_department_id, Role.STAFF):
        return TEXT_FIELDS
    return frozenset()


def can_edit_risk(user: User, risk: Risk) -> bool:
    return bool(editable_fields(user, risk))


def can_close_risk(user: User, risk: Risk) -> bool:
    return risk.is_open and can_manage_department(user, risk.owner_department_id)


def can_reopen_risk(user: User, risk: Risk) -> bool:
    return risk.state == "closed" and can_manage_department(user, risk.owner_department_id)


def can_file_proposal(user: User) -> bool:
    return user.roles.has(*FILERS)


def can_print_poster(user: User) -> bool:
    """Puts up the code that leads to the form: who answers for a department, or for its register."""
    return user.roles.has(*POSTERS)


def can_decide_proposal(user: User, proposal: RiskProposal) -> bool:
    return proposal.state == ProposalState.SUBMITTED and can_manage_department(
        user, proposal.department_id
    )


def can_answer_as_filer(user: User, proposal: RiskProposal) -> bool:
    """Without a name anybody may be its filer, but for whoever would decide on their own answer."""
    if not proposal.is_anonymous:
        return proposal.submitter_id == user.pk
    return can_file_proposal(user) and not can_manage_department(user, proposal.department_id)


def can_triage(user: User) -> bool:
    """Decides on the filings of some department."""
    return user.roles.has(Role.RISK_MANAGER)


def can_read_triage(user: User) -> bool:
    """Sees the inbox: who decides there, and the auditor, who reads everything."""
    return can_triage(user) or user.roles.has(Role.AUDITOR)


def can_read_proposal(user: User, proposal: RiskProposal) -> bool:
    """Sees the whole filing and what became of it."""
    return user.roles.covers(proposal.department_id, Role.RISK_MANAGER, Role.AUDITOR)


KEEPERS = (Role.RISK_MANAGER, Role.DEPARTMENT_HEAD)
"""By one of these somebody answers for the controls of a department."""


def answers_for(user: User, department_id: int | None) -> bool:
    """Keeps the controls of this department: its head, and the risk manager."""
    return user.roles.covers(department_id, *KEEPERS)


def can_create_control(user: User) -> bool:
    """For some department; which ones, the form offers."""
    return user.roles.has(*KEEPERS)


def can_edit_control(user: User, control: Control) -> bool:
    """Change it, take it into use, retire it."""
    return answers_for(user, control.owner_department_id)


def can_check_control(user: User, control: Control) -> bool:
    """Its owner, and whoever answers for its department."""
    is_own = control.owner_id == user.pk and not only_reads(user)
    return is_own or answers_for(user, control.owner_department_id)


def can_link_controls(user: User, risk: Risk) -> bool:
    """Say which controls act on the risk, and how strongly."""
    return risk.is_open and may_link_controls(user, risk)


def may_link_controls(user: User, risk: Risk) -> bool:
    """The same, whatever state the risk is in."""
    return answers_for(user, risk.owner_department_id)


def can_comment_on_department(user: User, department_id: int | None) -> bool:
    """Whoever sees its risks, but an auditor: their notes stand in the log."""
    return user.roles.covers(department_id, *OWNERS)


def can_comment_on_risk(user: User, risk: Risk) -> bool:
    return can_comment_on_department(user, risk.owner_department_id)


def can_attach_to_risk(user: User, risk: Risk) -> bool:
    """Whoever writes its text, and the owner of a control that acts on it, with what a check found."""
    if can_edit_risk(user, risk):
        return True
    if not risk.is_open or only_reads(user):
        return False
    return risk.risk_controls.filter(control__owner=user).exists()


def can_link_risks(user: User, risk: Risk) -> bool:
    """Say on its page what it causes, aggravates or has to do with."""
    return risk.is_open and may_link_risks(user, risk)


def may_link_risks(user: User, risk: Risk) -> bool:
    """The same, whatever state the risk is in."""
    return answers_for(user, risk.owner_department_id)


def can_end_link(user: User, link: RiskLink) -> bool:
    """Whoever may link either of the two."""
    return may_link_risks(user, link.from_risk) or may_link_risks(user, link.to_risk)
