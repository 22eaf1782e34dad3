"""The risk managers hear of a filing when it comes in, and when their question is answered."""

from django.urls import reverse

from registers.choices import ProposalKind
from registers.models import ProposalMessage, RiskProposal
from registers.querysets import keepers_of
from riskhub.accounts.models import User
from riskhub.notices.services import notify

_SHOWN = 60
URGENT = {ProposalKind.HURT, ProposalKind.DANGER}


def tell_deciders(proposal: RiskProposal, *, by: User | None) -> None:
    """Those who keep the register of its department; whoever files without a name hears of it, too."""
    notify(
        _deciders(proposal, by),
        by=by,
        kind="proposal_urgent" if URGENT & {*proposal.kinds} else "proposal_filed",
        params={"text": proposal.text[:_SHOWN]},
        url=reverse("registers:proposal_decide", args=[proposal.pk]),
        dedupe=f"proposal_filed:{proposal.pk}",
    )


def tell_answer(proposal: RiskProposal, answer: ProposalMessage, *, by: User | None) -> None:
    """To those who decide; one notice for each answer."""
    notify(
        _deciders(proposal, by),
        by=by,
        kind="proposal_answered",
        params={"number": proposal.pk, "text": answer.text[:_SHOWN]},
        url=reverse("registers:proposal_decide", args=[proposal.pk]),
        dedupe=f"proposal_answered:{answer.pk}",
    )


def _deciders(proposal: RiskProposal, by: User | None) -> list[User]:
    return [each for each in keepers_of(proposal.department) if each != by]
