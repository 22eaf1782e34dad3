"""What the risk manager makes of a filing."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from registers.choices import OriginKind, ProposalState
from registers.models import Risk, RiskProposal
from registers.services.proposal_notices import tell_filer
from registers.services.risks import Origin, RiskDraft, create_risk
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import lock_row
from riskhub.entry.texts import prose


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
