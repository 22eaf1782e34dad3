"""Who may do what with incidents."""

from incidents.incidents.choices import IncidentState
from incidents.incidents.querysets import READERS
from incidents.models import Incident
from registers.permissions import can_file_proposal, only_reads
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User

KEEPERS = (Role.RISK_MANAGER, Role.DEPARTMENT_HEAD)


def can_report_incident(user: User) -> bool:
    """Whoever files what they saw."""
    return can_file_proposal(user)


def can_read_incidents(user: User) -> bool:
    """Has a list of them; whoever reported one sees that one."""
    return user.roles.has(*READERS, Role.DEPARTMENT_HEAD)


def may_investigate(user: User, incident: Incident) -> bool:
    """The risk manager and the head of its department, and whoever was asked to look into it."""
    if user.roles.covers(incident.department_id, *KEEPERS):
        return True
    return incident.investigator_id == user.pk and not only_reads(user)


def can_investigate(user: User, incident: Incident) -> bool:
    """The same, while it is open."""
    return not incident.is_over and may_investigate(user, incident)


def can_respond(user: User, incident: Incident) -> bool:
    """Begin a contingency plan and tick its steps: whoever sees the incident and does not only read."""
    return not incident.is_over and not only_reads(user)


def can_book_loss(user: User, incident: Incident) -> bool:
    """Also once it is closed: what an insurer pays comes late. Not on what was reported twice."""
    if incident.state == IncidentState.DUPLICATE:
        return False
    is_finance = user.roles.covers(incident.department_id, Role.FINANCE)
    return is_finance or may_investigate(user, incident)
