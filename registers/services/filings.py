"""What staff saw, as they tell it, and what they answer when they are asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import BigIntegerField, DateTimeField, Q, QuerySet, TextField, UUIDField
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registers.choices import ProposalKind, ProposalState
from registers.models import ProposalMessage, RiskProposal
from registers.permissions import can_manage_department
from registers.receipts import kept_as, receipt_of
from registers.services.proposal_notices import tell_answer, tell_deciders
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting, entered
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import lock_row
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import prose
from riskhub.files.keeping import KeptFile
from riskhub.files.models import Attachment
from riskhub.files.services import attach_files
from riskhub.prepared import Given, Prepared, ask

NOBODY = AnonymousUser()
"""Who files without a name, as the audit log and the rows know them."""
Person = User | AnonymousUser
_CHINESE = re.compile("[\u4e00-\u9fff]")


class NotTheFiler(ValidationError):  # noqa: N818 - reads as what it says
    """Without a name anybody may be the filer, but for those who would decide on their own answer."""

    words = gettext_lazy("You decide on it; only its filer answers.")

    def __init__(self) -> None:
        super().__init__(self.words)


@dataclass(frozen=True)
class _Filing:
    """What is sent. Without a name, the person is not handed on from here, to nothing and nobody."""

    client_uuid: UUID
    text: str
    department: Department
    kinds: Sequence[str] = ()
    place: str = ""
    is_anonymous: bool = False
    photos: Sequence[KeptFile] = ()
    written_at: datetime | None = None

    def row(self, by: Person) -> RiskProposal:
        chosen, now = set(self.kinds), timezone.now()
        written = None if self.is_anonymous else self.written_at
        return RiskProposal(
            client_uuid=self.key, text=self.text, department=self.department,
            kinds=[kind for kind in ProposalKind.values if kind in chosen], place=self.place,
            is_anonymous=self.is_anonymous, submitter=by if isinstance(by, User) else None,
            lang=_language_of(self), submitted_at=now, written_at=written and min(written, now),
        )  # fmt: skip

    @property
    def hidden_key(self) -> UUID:
        return kept_as(receipt_of(self.client_uuid))

    @property
    def key(self) -> UUID:
        """What is kept of the form's key: without a name nothing that leads to the receipt."""
        return self.hidden_key if self.is_anonymous else self.client_uuid

    @property
    def digests(self) -> set[str]:
        return {photo.received_sha256 for photo in self.photos}


def file_proposal(
    *,
    by: User,
    client_uuid: UUID,
    text: str,
    department: Department,
    kinds: Sequence[str] = (),
    place: str = "",
    is_anonymous: bool = False,
    photos: Sequence[KeptFile] = (),
    written_at: datetime | None = None,
    once_since: datetime | None = None,
) -> tuple[RiskProposal, bool]:
    """Keep what somebody saw; the same form sent again gives the same proposal (and False).

    `written_at`: when it was sent, where a phone without network kept it meanwhile.
    With `once_since` so does another form of theirs that says the same, sent after that moment.
    Raises KeyReused for a form that was used for something else.
    """
    filing = _Filing(client_uuid, text, department, kinds, place, is_anonymous, photos, written_at)
    try:
        return _file(filing, by, once_since)
    except IntegrityError:  # the same key came in at this very moment: now it stands there
        return _file(filing, by, once_since)


def answer_proposal(
    proposal: RiskProposal, *, by: User | None, text: str, photos: Sequence[KeptFile] = ()
) -> ProposalMessage:
    """To the risk manager's question; the filing is theirs again. `by` is None without a name.

    The same answer sent twice is one answer. Raises NotTheFiler for whoever decides on it.
    """
    if proposal.is_anonymous:
        if by and can_manage_department(by, proposal.department_id):
            raise NotTheFiler
        with entered():
            return _answer(proposal, NOBODY, text, photos)
    return _answer(proposal, by or NOBODY, text, photos)


def _file(filing: _Filing, by: User, once_since: datetime | None) -> tuple[RiskProposal, bool]:
    if filing.is_anonymous:
        with entered():  # the request, which knows its sender, is no part of the act
            return _keep(filing, NOBODY, None)
    return _keep(filing, by, once_since)


def _keep(filing: _Filing, by: Person, once_since: datetime | None) -> tuple[RiskProposal, bool]:
    with acting(by, "proposal.filed"):
        proposal = filing.row(by)
        _check(proposal)
        if stored := _kept_before(proposal, filing, once_since):
            return stored, False
        proposal.save(force_insert=True)
        if filing.photos:
            attach_files(proposal, filing.photos, by=by)
        tell_deciders(proposal, by=proposal.submitter)
        return proposal, True


def _check(proposal: RiskProposal) -> None:
    chosen = ["department", "submitter"]  # rows that were read for this
    proposal.full_clean(exclude=chosen, validate_unique=False, validate_constraints=False)
    if proposal.is_anonymous and ProposalKind.NEAR_MISS not in proposal.kinds:
        sentence = _(
            "Only a near miss can be filed without a name. Tick “Near miss”, or untick this."
        )
        raise ValidationError({"is_anonymous": sentence})


def _says_the_same(stored: RiskProposal, proposal: RiskProposal, filing: _Filing) -> bool:
    said = "submitter_id", "text", "department_id", "place", "kinds", "is_anonymous"
    if any(getattr(stored, name) != getattr(proposal, name) for name in said):
        return False
    return filing.digests <= _photos_of([stored]).get(stored.pk, set())


def _kept_before(
    proposal: RiskProposal, filing: _Filing, since: datetime | None
) -> RiskProposal | None:
    """The same form, or with `since` the same words under another key.

    Whoever sends both at once waits here for the first.
    """
    by = proposal.submitter.pk if since and proposal.submitter else None
    keys, text = (filing.client_uuid, filing.hidden_key), proposal.text
    alike = _ALIKE.sql(client_uuid=keys[0], hidden=keys[1], submitter=by, text=text, since=since)
    *_locked, found = ask(_LOCK.sql(submitter=by), alike) if by else ask(alike)
    if not found:
        return None
    same = Q(client_uuid__in=keys)
    if by:
        same |= Q(
            submitter=proposal.submitter, department=proposal.department, text=proposal.text,
            place=proposal.place, kinds=proposal.kinds, submitted_at__gt=since,
        )  # fmt: skip
    rows = list(RiskProposal.objects.filter(same).order_by("-pk"))
    for row in rows:
        if row.client_uuid in keys:
            if not _says_the_same(row, proposal, filing):
                raise KeyReused
            return row
    photos = _photos_of(rows) if rows else {}
    return next((row for row in rows if filing.digests <= photos.get(row.pk, set())), None)


def _locked() -> QuerySet[Any, Any]:
    person = Given("submitter", BigIntegerField())
    return User.objects.select_for_update(no_key=True).filter(pk=person).values_list("pk")


def _alike() -> QuerySet[Any, Any]:
    """The same form, or the same words of this person since then."""
    same = Q(
        submitter=Given("submitter", BigIntegerField()), text=Given("text", TextField()),
        submitted_at__gt=Given("since", DateTimeField()),
    )  # fmt: skip
    form = Q(client_uuid=Given("client_uuid", UUIDField()))
    hidden = Q(client_uuid=Given("hidden", UUIDField()))
    return RiskProposal.objects.filter(form | hidden | same).values_list("pk")


_LOCK, _ALIKE = Prepared(_locked), Prepared(_alike)
"""Asked for each filing; most have no like."""


def _answer(
    proposal: RiskProposal, by: Person, text: str, photos: Sequence[KeptFile]
) -> ProposalMessage:
    with acting(by, "proposal.answered"):
        if not prose(text):
            raise ValidationError({"text": _("Write your answer.")})
        stored = lock_row(proposal)
        author = by if isinstance(by, User) else None
        last = stored.messages.order_by("pk").last()
        if last and (last.author, last.text) == (author, prose(text)):
            return last
        if stored.state != ProposalState.NEED_INFO:
            raise WrongState(stored, ProposalState.SUBMITTED)
        message = ProposalMessage(proposal=stored, author=author, text=prose(text))
        message.full_clean()
        message.save(force_insert=True)
        if photos:
            attach_files(stored, photos, by=by)
        move(proposal, ProposalState.SUBMITTED)
        tell_answer(proposal, message, by=author)
        return message


def _photos_of(rows: Iterable[RiskProposal]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for owner, digest in Attachment.objects.of_all(rows).values_list("owner_id", "received_sha256"):
        found.setdefault(owner, set()).add(digest)
    return found


def _language_of(filing: _Filing) -> str:
    """That of the page; without a name that of the words, as few may use the other language."""
    if filing.is_anonymous:
        return "zh-hans" if _CHINESE.search(filing.text) else "en"
    return get_language() or "zh-hans"
