"""The risk managers hear of a filing when it comes in."""

from django.urls import reverse

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
