"""What staff saw, as they tell it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from registers.models import RiskProposal
from registers.services.proposal_notices import tell_deciders
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting
from riskhub.entry.repeats import KeyReused


def file_proposal(
    *,
    by: User,
    client_uuid: UUID,
    text: str,
    department: Department,
    once_since: datetime | None = None,
) -> tuple[RiskProposal, bool]:
    """Keep what somebody saw; the same form sent again gives the same proposal (and False).

    With `once_since` so does another form of theirs with the same words, sent after that moment.
    Raises KeyReused for a form that was used for something else.
    """
    with acting(by, "proposal.filed"):
        proposal = RiskProposal(
            client_uuid=client_uuid, text=text, department=department, submitter=by,
            lang=get_language() or "zh-hans",
        )  # fmt: skip
        proposal.full_clean(validate_unique=False, validate_constraints=False)
        if once_since and (twin := _twin_of(proposal, once_since)):
            return twin, False
        RiskProposal.objects.bulk_create([proposal], ignore_conflicts=True)
        stored = RiskProposal.objects.get(client_uuid=client_uuid)
        said = "submitter_id", "text", "department_id"
        if any(getattr(stored, name) != getattr(proposal, name) for name in said):
            raise KeyReused
        is_new = stored.submitted_at == proposal.submitted_at
        if is_new:
            tell_deciders(stored, by=by)
        return stored, is_new


def _twin_of(proposal: RiskProposal, since: datetime) -> RiskProposal | None:
    """The same words under another key; whoever sends both at once waits here for the first."""
    if proposal.submitter is None:
        return None
    User.objects.select_for_update(no_key=True).get(pk=proposal.submitter.pk)
    if RiskProposal.objects.filter(client_uuid=proposal.client_uuid).exists():
        return None
    same = RiskProposal.objects.filter(
        submitter=proposal.submitter, department=proposal.department, text=proposal.text
    )
    return same.filter(submitted_at__gt=since).order_by("pk").last()
