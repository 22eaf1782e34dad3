"""What the risk manager makes of a filing: a risk, part of one, a question back, or nothing.

Each decision can be undone for some seconds by the person who took it; only then is the filer told.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from registers.choices import OriginKind, ProposalState
from registers.closing import require_open
from registers.models import ProposalMessage, Risk, RiskOrigin, RiskProposal, RiskSource
from registers.services.drafts import Origin, RiskDraft
from registers.services.risks import create_risk
from registers.services.triage_notices import owe_answer
from registers.services.undoing import redo_risks
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, can_move, move
from riskhub.audit.versions import lock_row, save_fields
from riskhub.entry.texts import prose

Shown = Sequence[Mapping[str, Any]]
"""The look-alike risks that stood beside the filing: their codes, and how alike in per cent."""


def accept_proposal(
    proposal: RiskProposal, draft: RiskDraft, *, by: User, shown: Shown = ()
) -> Risk:
    """Make it a risk with a number of its own; its words stay on the proposal.

    Accepted before, and undone: the same risk opens again with the new words.
    """
    with acting(by, "proposal.accepted"):
        stored = _locked(proposal, ProposalState.ACCEPTED)
        origin = Origin(OriginKind.PROPOSAL, str(stored.pk), stored.text[:300])
        fields = vars(draft) | {"origin": origin, "reported_by": stored.submitter}
        full = RiskDraft(**fields)
        if undone := _undone_risk(stored):
            (risk,) = redo_risks([(undone, full)], by=by)
        else:
            risk = create_risk(full, by=by)
        _decide(proposal, ProposalState.ACCEPTED, by, shown, risk=risk)
        return risk


def merge_proposal(
    proposal: RiskProposal,
    *,
    into: Risk,
    by: User,
    source: RiskSource | None = None,
    shown: Shown = (),
) -> Risk:
    """Add it to a risk that is in the register already, with where it was found."""
    with acting(by, "proposal.merged"):
        stored = _locked(proposal, ProposalState.MERGED)
        risk = lock_row(into)
        require_open(risk)
        RiskOrigin.objects.get_or_create(
            risk=risk, kind=OriginKind.PROPOSAL, ref_id=str(stored.pk),
            defaults={"label": stored.text[:300]},
        )  # fmt: skip
        if source and not risk.sources.contains(source):
            risk.sources.add(source)
            save_fields(risk)  # a form that is open elsewhere would take the source away again
        _decide(proposal, ProposalState.MERGED, by, shown, risk=risk)
        return risk


def ask_filer(
    proposal: RiskProposal, *, by: User, question: str, shown: Shown = ()
) -> ProposalMessage:
    """Send it back with a question; it waits with its filer until there is an answer."""
    with acting(by, "proposal.asked"):
        if not prose(question):
            raise ValidationError({"question": _("Write what you need to know.")})
        stored = _locked(proposal, ProposalState.NEED_INFO)
        message = ProposalMessage(proposal=stored, author=by, text=prose(question))
        message.full_clean()
        message.save(force_insert=True)
        move(proposal, ProposalState.NEED_INFO, similar=list(shown))
        owe_answer(proposal, message.said_at, by=by)
        return message


def decline_proposal(
    proposal: RiskProposal, *, by: User, reason: str, shown: Shown = ()
) -> RiskProposal:
    with acting(by, "proposal.declined", reason):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why, the person who filed it will read it.")})
        _locked(proposal, ProposalState.DECLINED)
        _decide(proposal, ProposalState.DECLINED, by, shown, decision_reason=prose(reason))
        return proposal


def _locked(proposal: RiskProposal, to: ProposalState) -> RiskProposal:
    """Whoever comes second waits here, and then hears what was decided."""
    stored = lock_row(proposal)
    if not can_move(stored, to):
        raise WrongState(stored, to)
    return stored


def _undone_risk(proposal: RiskProposal) -> Risk | None:
    found = Risk.objects.filter(
        is_undone=True, origins__kind=OriginKind.PROPOSAL, origins__ref_id=str(proposal.pk)
    )
    return found.order_by("-pk").first()


def _decide(
    proposal: RiskProposal, to: ProposalState, by: User, shown: Shown, **fields: object
) -> None:
    now = timezone.now()
    move(proposal, to, decided_by=by, decided_at=now, similar=list(shown), **fields)
    owe_answer(proposal, now, by=by)
