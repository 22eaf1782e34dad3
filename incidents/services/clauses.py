"""Whether a clause of the contract helped in a dispute."""

from incidents.models import Complaint, ComplaintClause
from registers.models import ContractClause
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row


def note_clause(
    complaint: Complaint, *, by: User, clause: ContractClause, outcome: str
) -> ComplaintClause:
    """Once for each clause; said anew, the newer word counts. Also of a complaint that is over."""
    with acting(by, "complaint.clause_noted"):
        stored = lock_row(complaint)
        noted, is_new = ComplaintClause.objects.get_or_create(
            complaint=stored, clause=clause, defaults={"outcome": outcome, "noted_by": by}
        )
        if not is_new and noted.outcome != outcome:
            noted.outcome, noted.noted_by = outcome, by
            noted.save(update_fields=["outcome", "noted_by"])
        return noted
