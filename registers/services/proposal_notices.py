"""Who hears of a filing: the risk managers when it comes in, its filer when it is decided."""

from django.urls import reverse

from registers.choices import ProposalState
from registers.models import RiskProposal
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.notices.services import notify

_SHOWN = 60


def tell_deciders(proposal: RiskProposal, *, by: User) -> None:
    """Those who keep the register of its department."""
    with acting(by, "notice.sent"):
        managers = User.objects.holding(Role.RISK_MANAGER).exclude(pk=by.pk)
        notify(
            [u for u in managers if u.roles.covers(proposal.department_id, Role.RISK_MANAGER)],
            by=by,
            kind="proposal_filed",
            params={"text": proposal.text[:_SHOWN]},
            url=reverse("registers:proposal_decide", args=[proposal.pk]),
            dedupe=f"proposal_filed:{proposal.pk}",
        )


def tell_filer(proposal: RiskProposal, *, by: User) -> None:
    """In one sentence what became of it; who decides on an own filing knows it already."""
    with acting(by, "notice.sent"):
        accepted = proposal.state == ProposalState.ACCEPTED
        code = proposal.risk.code if proposal.risk else ""
        notify(
            [proposal.submitter] if proposal.submitter and proposal.submitter != by else [],
            by=by,
            kind="proposal_accepted" if accepted else "proposal_declined",
            params={"risk": code} if accepted else {"reason": proposal.decision_reason},
            url=reverse("registers:proposal_mine"),
            dedupe=f"proposal_decided:{proposal.pk}",
        )
