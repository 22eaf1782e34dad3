"""The triage inbox as its pages show it: the rows, the filing beside them, and what can be done to it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from registers.alike import MOST, Alike, risks_like, shown_of, suggest
from registers.choices import ProposalKind, ProposalState
from registers.forms.triage import AcceptForm, AskForm, DeclineForm, MergeForm
from registers.models import ProposalMessage, RiskProposal
from registers.permissions import can_manage_department
from registers.services.triage_notices import LONG
from riskhub.accounts.models import User
from riskhub.audit.transitions import can_move
from riskhub.company.calendar import days_between
from riskhub.company.preferences import company_zone
from riskhub.oversight.cards import waits

STATES = {
    "accept": ProposalState.ACCEPTED,
    "merge": ProposalState.MERGED,
    "ask": ProposalState.NEED_INFO,
    "decline": ProposalState.DECLINED,
}
_SHOWN = re.compile(r"(R[0-9]{3,9}):([0-9]{1,3})")


@dataclass(frozen=True)
class Row:
    """`fact` says how long it has waited; late ones were brought to mind, too."""

    proposal: RiskProposal
    url: str
    fact: str
    is_late: bool
    is_chosen: bool


@dataclass(frozen=True)
class Filing:
    """What stands beside the list. `forms` holds the decisions that can be taken now, by their names."""

    proposal: RiskProposal
    alikes: Sequence[Alike] = ()
    forms: Mapping[str, BaseForm] = field(default_factory=dict)
    messages: Sequence[ProposalMessage] = ()
    fact: str = ""
    later_url: str = ""

    @property
    def shown(self) -> str:
        """What stands beside it, as its forms send it back."""
        return " ".join(f"{each['code']}:{each['share']}" for each in shown_of(self.alikes))

    @property
    def first_merge(self) -> Alike | None:
        """The most alike of those that the user may merge into."""
        return next((each for each in self.alikes if each.may_merge), None)

    @property
    def kinds(self) -> list[str]:
        """What the person ticked, in words."""
        return [str(ProposalKind(kind).label) for kind in self.proposal.kinds]

    @property
    def is_late(self) -> bool:
        return timezone.now() - waiting_since(self.proposal) > LONG

    @property
    def is_open(self) -> bool:
        return self.proposal.state in (ProposalState.SUBMITTED, ProposalState.NEED_INFO)


def rows_of(
    proposals: Sequence[RiskProposal], chosen: RiskProposal | None, query: str = ""
) -> list[Row]:
    """`query` leads back to the page of the list on which they stand."""
    now, zone = timezone.now(), company_zone()
    return [
        Row(
            proposal=each,
            url=reverse("registers:proposal_decide", args=[each.pk]) + query,
            fact=waits(days_between(waiting_since(each), now, zone)),
            is_late=now - waiting_since(each) > LONG,
            is_chosen=chosen is not None and each.pk == chosen.pk,
        )
        for each in proposals
    ]


def filing_of(
    user: User, proposal: RiskProposal, decision: str = "", sent: QueryDict | None = None
) -> Filing:
    """With the forms of the decisions that the user may take; `sent` is what the one of `decision` got."""
    messages = list(proposal.messages.select_related("author").order_by("pk"))
    fact = waits(days_between(waiting_since(proposal), timezone.now(), company_zone()))
    if not _may_decide(user, proposal):
        return Filing(proposal, messages=messages, fact=fact)
    alikes = risks_like(user, f"{proposal.text} {proposal.place}")
    return Filing(
        proposal=proposal,
        alikes=alikes,
        forms=_forms(user, proposal, alikes, decision, sent),
        messages=messages,
        fact=fact,
        later_url=next_url(user, proposal),
    )


def next_url(user: User, after: RiskProposal) -> str:
    """The next filing that waits for this person, from the beginning after the last; else the inbox."""
    rows = [
        each
        for each in RiskProposal.objects.visible_to(user).waiting().order_by("pk")
        if each.pk != after.pk and can_manage_department(user, each.department_id)
    ]
    following = next((each for each in rows if each.pk > after.pk), rows[0] if rows else None)
    if following is None:
        return reverse("registers:proposal_list")
    return reverse("registers:proposal_decide", args=[following.pk])


def shown_in(text: str) -> list[dict[str, Any]]:
    """What `Filing.shown` said when the page was made."""
    found = _SHOWN.findall(text)[:MOST]
    return [{"code": code, "share": min(int(share), 100)} for code, share in found]


def shortcuts() -> list[tuple[str, str]]:
    return [
        ("j k", _("Next, previous filing")),
        ("Enter", _("Into the filing")),
        ("a", _("Accept as a risk")),
        ("m", _("Merge into a risk")),
        ("r", _("Ask back")),
        ("d", _("Decline")),
        ("s", _("Later: on to the next")),
    ]


def _may_decide(user: User, proposal: RiskProposal) -> bool:
    return can_manage_department(user, proposal.department_id) and any(
        can_move(proposal, state) for state in STATES.values()
    )


def _forms(
    user: User,
    proposal: RiskProposal,
    alikes: Sequence[Alike],
    decision: str,
    sent: QueryDict | None,
) -> dict[str, BaseForm]:
    def data(name: str) -> QueryDict | None:
        return sent if name == decision else None

    made: dict[str, BaseForm] = {
        "accept": AcceptForm(
            data("accept"), user=user, proposal=proposal, suggestion=suggest(proposal, alikes)
        ),
        "merge": MergeForm(data("merge"), user=user),
        "ask": AskForm(data("ask")),
        "decline": DeclineForm(data("decline")),
    }
    return {name: form for name, form in made.items() if can_move(proposal, STATES[name])}


def waiting_since(proposal: RiskProposal) -> datetime:
    """`ProposalQuerySet.since` has annotated it in a list."""
    since: datetime = vars(proposal).get("waits_since") or proposal.submitted_at
    return since
