"""What staff report, and what the risk manager makes of it."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registers.choices import OriginKind, ProposalState
from registers.models import Risk, RiskProposal
from registers.services.proposal_notices import tell_deciders, tell_filer
from registers.services.risks import Origin, RiskDraft, create_risk
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import lock_row
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import prose


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


def accept_proposal(proposal: RiskProposal, draft: RiskDraft, *, by: User) -> Risk:
    """Make it a risk with a number of its own; its words stay on the proposal."""
    with acting(by, "proposal.accepted"):
        stored = lock_row(proposal)
        if stored.state != ProposalState.SUBMITTED:
            raise WrongState(stored, ProposalState.ACCEPTED)
        origin = Origin(OriginKind.PROPOSAL, str(stored.pk), stored.text[:300])
        fields = vars(draft) | {"origin": origin, "reported_by": stored.submitter}
        risk = create_risk(RiskDraft(**fields), by=by)
        move(proposal, ProposalState.ACCEPTED, risk=risk, decided_by=by, decided_at=timezone.now())
        tell_filer(proposal, by=by)
        return risk


def decline_proposal(proposal: RiskProposal, *, by: User, reason: str) -> RiskProposal:
    with acting(by, "proposal.declined", reason):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why, the person who filed it will read it.")})
        move(
            proposal, ProposalState.DECLINED, decision_reason=prose(reason), decided_by=by,
            decided_at=timezone.now(),
        )  # fmt: skip
        tell_filer(proposal, by=by)
        return proposal
