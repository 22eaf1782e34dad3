"""The risk managers hear of a filing when it comes in, and when their question is answered."""

from typing import Any

from django.db.models import CharField, DateField, QuerySet
from django.urls import reverse
from django.utils import timezone

from registers.choices import ProposalKind
from registers.models import ProposalMessage, RiskProposal
from registers.querysets import keepers_at
from riskhub.accounts.models import User
from riskhub.notices.services import Addressee, notify_found
from riskhub.prepared import Given, Prepared, Statement, ask

_SHOWN = 60
URGENT = {ProposalKind.HURT, ProposalKind.DANGER}


def tell_deciders(proposal: RiskProposal, *, by: User | None) -> None:
    """Those who keep the register of its department; whoever files without a name hears of it, too."""
    notify_found(
        _keepers_of(proposal),
        by=by,
        kind="proposal_urgent" if URGENT & {*proposal.kinds} else "proposal_filed",
        params={"text": proposal.text[:_SHOWN]},
        url=reverse("registers:proposal_decide", args=[proposal.pk]),
        dedupe=f"proposal_filed:{proposal.pk}",
    )


def tell_answer(proposal: RiskProposal, answer: ProposalMessage, *, by: User | None) -> None:
    """To those who decide; one notice for each answer."""
    notify_found(
        _keepers_of(proposal),
        by=by,
        kind="proposal_answered",
        params={"number": proposal.pk, "text": answer.text[:_SHOWN]},
        url=reverse("registers:proposal_decide", args=[proposal.pk]),
        dedupe=f"proposal_answered:{answer.pk}",
    )


def deciders_of(proposal: RiskProposal) -> list[Addressee]:
    """Those who keep the register of its department."""
    (rows,) = ask(_keepers_of(proposal))
    return [Addressee(*row) for row in rows]


def _keepers_of(proposal: RiskProposal) -> Statement:
    return _KEEPERS.sql(path=proposal.department.path, today=timezone.localdate())


def _keepers() -> QuerySet[Any, Any]:
    path, today = Given("path", CharField()), Given("today", DateField())
    return keepers_at(path, today).values_list("pk", "email")


_KEEPERS = Prepared(_keepers)
"""Asked for each filing."""
