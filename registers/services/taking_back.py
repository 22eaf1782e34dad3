"""A decision on a filing is taken back: for some seconds, by whoever took it."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from registers.choices import OriginKind, ProposalState
from registers.models import ProposalMessage, Risk, RiskOrigin, RiskProposal
from registers.services.undoing import undo_risks
from registers.touches import acts_on
from riskhub.accounts.models import User
from riskhub.audit.choices import Operation
from riskhub.audit.context import acting
from riskhub.audit.models import AuditEvent
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import lock_row, save_fields
from riskhub.entry.undo import TooLate, in_time


def undo_decision(proposal: RiskProposal, *, by: User) -> RiskProposal:
    """It waits as before, and its filer never hears of the decision.

    Raises TooLate, Touched where the new risk was worked on already, and WrongState where nothing is
    decided, or somebody else decided since.
    """
    with acting(by, "proposal.undone"):
        stored = lock_row(proposal)
        if stored.answered_at is None or stored.answered_by != by:
            raise WrongState(stored, ProposalState.SUBMITTED)
        if not in_time(stored.answered_at):
            raise TooLate(_instead(stored))
        if stored.risk and stored.state == ProposalState.ACCEPTED:
            words = _("The acceptance of filing %(number)s was undone.") % {"number": stored.pk}
            undo_risks(
                [stored.risk], by=by, acts=acts_on(stored, "proposal.accepted"), reason=words
            )
        elif stored.risk:
            _take_out(stored, stored.risk)
        elif stored.state == ProposalState.NEED_INFO:
            _take_question_back(stored, by)
        return move(
            proposal, ProposalState.SUBMITTED, risk=None, decided_by=None, decided_at=None,
            decision_reason="",
        )  # fmt: skip


def _instead(proposal: RiskProposal) -> str:
    if proposal.risk and proposal.state == ProposalState.ACCEPTED:
        return _("Close %(code)s with a reason instead.") % {"code": proposal.risk.code}
    if proposal.state == ProposalState.NEED_INFO:
        return _("Decide without the answer instead.")
    return ""


def _take_out(proposal: RiskProposal, risk: Risk) -> None:
    """The link of the last seconds goes again, with the source where the filing brought it."""
    stored = lock_row(risk)
    RiskOrigin.objects.filter(
        risk=stored, kind=OriginKind.PROPOSAL, ref_id=str(proposal.pk)
    ).delete()
    Source = Risk.sources.through  # noqa: N806 - a model class
    brought = AuditEvent.objects.filter(
        transaction_id__in=acts_on(proposal, "proposal.merged"), action="proposal.merged",
        object_type=Source._meta.db_table, operation=Operation.INSERT,
    )  # fmt: skip
    keys = [int(key) for key in brought.values_list("object_id", flat=True)]
    gone, _rows = (
        Source.objects.filter(pk__in=keys, risk=stored)
        .exclude(risksource=stored.primary_source_id)
        .delete()
    )
    if gone:
        save_fields(stored)


def _take_question_back(proposal: RiskProposal, by: User) -> None:
    """What was said stays, so this is said, too; in the language of the filing."""
    with override(proposal.lang):
        text = _("The question is taken back. No answer is needed.")
    ProposalMessage(proposal=proposal, author=by, text=text).save(force_insert=True)
