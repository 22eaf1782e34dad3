"""What became of a filing, in the words in which its filer reads it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from registers.choices import ProposalState
from registers.models import ProposalMessage, Risk, RiskProposal, ServiceLine
from registers.permissions import FILERS, can_read_proposal
from riskhub.accounts.models import Department, User
from riskhub.files.models import Attachment
from riskhub.files.reading import attachments_of, with_attachments
from riskhub.prepared import Given, Prepared

MOST_PLACES = 20
ASKED = "asked"
"""Of one's own filings those with a question, as the address of the list says it."""
_MARKS = {
    ProposalState.SUBMITTED: "wait",
    ProposalState.NEED_INFO: "back",
    ProposalState.ACCEPTED: "done",
    ProposalState.MERGED: "done",
    ProposalState.DECLINED: "stop",
}


@dataclass(frozen=True)
class Told:
    """`mark` is the kind of its state (see the tag `state`); `talk` is oldest first.

    `risk_url` leads to the risk that it became, where the reader may open it.
    """

    filing: RiskProposal
    mark: str
    words: str
    talk: list[ProposalMessage]
    photos: list[Attachment]
    risk_url: str = ""

    @property
    def is_question(self) -> bool:
        """Somebody waits for the filer's answer."""
        return self.filing.state == ProposalState.NEED_INFO

    @property
    def is_open(self) -> bool:
        return self.filing.state in {ProposalState.SUBMITTED, ProposalState.NEED_INFO}

    @property
    def question(self) -> ProposalMessage | None:
        return self.talk[-1] if self.is_question and self.talk else None


def departments_for(user: User) -> list[Department]:
    """Where the user may file: as `departments_of` has it."""
    if user.roles.everywhere(*FILERS):
        return _EVERYWHERE.instances()
    return _COVERED.instances(pks=list(user.roles.department_ids(*FILERS)))


def told(filing: RiskProposal, user: User) -> Told:
    """Of a row from `for_filer()`, as this user reads it."""
    return _told(filing, _opened_by(user, [filing]))


def _told(filing: RiskProposal, opened: Collection[int]) -> Told:
    talk = list(filing.messages.all())
    mark = _MARKS[ProposalState(filing.state)]
    photos = [one for one in attachments_of(filing) if one.is_photo]
    url = filing.risk.get_absolute_url() if filing.risk and filing.risk.pk in opened else ""
    return Told(filing, mark, _words(filing, has_answer=bool(talk)), talk, photos, url)


def told_all(filings: list[RiskProposal], user: User) -> list[Told]:
    opened = _opened_by(user, filings)
    return [_told(each, opened) for each in with_attachments(filings)]


def _opened_by(user: User, filings: Iterable[RiskProposal]) -> set[int]:
    """The keys of the risks among them that the user sees."""
    keys = {each.risk_id for each in filings if each.risk_id}
    seen = Risk.objects.visible_to(user).filter(pk__in=keys)
    return set(seen.values_list("pk", flat=True)) if keys else set()


def places_for(user: User) -> list[str]:
    """Where in the service it may have been: what the user named before, then the service lines."""
    own = RiskProposal.objects.filed_by(user).places()
    lines = [line.name for line in ServiceLine.objects.filter(is_active=True)]
    return list(dict.fromkeys([*own, *lines]))[:MOST_PLACES]


def _words(filing: RiskProposal, *, has_answer: bool) -> str:
    code = {"code": filing.risk.code if filing.risk else ""}
    if filing.state == ProposalState.SUBMITTED:
        return _("Answered, not decided yet") if has_answer else _("Received, not decided yet")
    return {
        ProposalState.NEED_INFO: _("A question for you"),
        ProposalState.ACCEPTED: _("Accepted as %(code)s") % code,
        ProposalState.MERGED: _("Added to %(code)s") % code,
        ProposalState.DECLINED: _("Declined"),
    }[ProposalState(filing.state)]


def filing_url(user: User, filing: RiskProposal) -> str:
    """Whoever decides or supervises is led to the whole filing, its filer to the receipt; nobody else."""
    if can_read_proposal(user, filing):
        return reverse("registers:proposal_decide", args=[filing.pk])
    if filing.submitter_id == user.pk:
        return reverse("registers:proposal_receipt", args=[filing.pk])
    return ""


def _active() -> QuerySet[Department]:
    return Department.objects.active().order_by("path")


def _covered() -> QuerySet[Department]:
    numbers = ArrayField(BigIntegerField())
    held = _active().alias(pks=Cast(Given("pks", numbers), numbers))
    return held.filter(Q(("pks__contains", [F("pk")])))


_EVERYWHERE, _COVERED = Prepared(_active), Prepared(_covered)
"""Asked for each filing."""
