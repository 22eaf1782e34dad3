"""Who files hears what became of it, once nobody can undo it; who lets it lie is reminded."""

from datetime import datetime, timedelta

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone

from registers.choices import ProposalState
from registers.models import RiskProposal
from registers.services.proposal_notices import deciders_of
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row
from riskhub.entry.undo import ON_ITS_WAY, UNDO_FOR
from riskhub.notices.services import notify
from riskhub.work.models import Work
from riskhub.work.services import owe_work

TELL, REMIND = "proposal.tell", "proposal.remind"
LONG = timedelta(days=7)
"""Who decides is reminded, once, of a filing that waits longer."""
_SHOWN = 60


def owe_answer(proposal: RiskProposal, at: datetime, *, by: User) -> None:
    """The filer is told as soon as the decision of that moment cannot be undone any more.

    Without a name there is nobody to tell; who decides on an own filing knows it already.
    """
    with acting(by, "proposal.decided"):
        if proposal.submitter_id not in (None, by.pk):
            owe_work(
                TELL, f"{TELL}:{proposal.pk}:{at.timestamp()}",
                {"proposal": proposal.pk, "at": at.isoformat()},
                by=by, run_after=at + UNDO_FOR + ON_ITS_WAY,
            )  # fmt: skip


def tell_filer(proposal: RiskProposal, at: datetime, *, by: User | None = None) -> None:
    """In one sentence what was decided at that moment; nothing where it was undone since."""
    with acting(by, "notice.sent"):
        stored = lock_row(proposal)
        if stored.submitter is None or stored.answered_at != at:
            return
        kind, params = _words(stored)
        notify(
            [stored.submitter],
            by=by,
            kind=kind,
            params=params,
            url=reverse("registers:proposal_mine"),
            dedupe=f"{kind}:{stored.pk}:{at.timestamp()}",
        )


def derive_reminders(*, by: None = None) -> None:
    """Owe one reminder for each filing that has waited too long."""
    with acting(by, "proposal.waited"):
        dedupe = Concat(Value(f"{REMIND}:"), Cast(OuterRef("pk"), CharField()))
        late = RiskProposal.objects.late(timezone.now() - LONG)
        for key in late.filter(~Exists(Work.objects.filter(dedupe=dedupe))).values_list(
            "pk", flat=True
        ):
            owe_work(REMIND, f"{REMIND}:{key}", {"proposal": key}, by=by)


def remind_deciders(proposal: RiskProposal, *, by: None = None) -> None:
    """Once; not where it was decided in the meantime."""
    with acting(by, "notice.sent"):
        if lock_row(proposal).state != ProposalState.SUBMITTED:
            return
        notify(
            deciders_of(proposal),
            by=by,
            kind="proposal_waits",
            params={"days": LONG.days, "text": proposal.text[:_SHOWN]},
            url=reverse("registers:proposal_decide", args=[proposal.pk]),
            dedupe=f"proposal_waits:{proposal.pk}",
        )


def _words(proposal: RiskProposal) -> tuple[str, dict[str, str]]:
    """The kind of the notice, and what it names."""
    if proposal.state == ProposalState.NEED_INFO:
        question = proposal.messages.order_by("pk").last()
        return "proposal_asked", {"question": question.text if question else ""}
    if proposal.risk:
        return f"proposal_{proposal.state}", {"risk": proposal.risk.code}
    return "proposal_declined", {"reason": proposal.decision_reason}
