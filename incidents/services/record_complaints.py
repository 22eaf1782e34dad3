"""Complaints of elsewhere are written: in the order in which they came, with their first reply."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import uuid5

from django.db.models import Q

from incidents.choices import REPEAT_WITHIN, Direction
from incidents.models import Complaint, ComplaintMessage
from incidents.records.complaints import ComplaintDraft
from incidents.services.record_numbers import take_codes
from riskhub.accounts.models import User
from riskhub.audit.context import acting

_AT_ONCE = 500
_LONGEST_MESSAGE = 2000


def write_complaints(drafts: Sequence[ComplaintDraft], *, by: User) -> list[str]:
    """Their new numbers, in the order of the drafts. Nobody is told: they are no news."""
    with acting(by, "complaint.imported"):
        rows = sorted((draft.row for draft in drafts), key=lambda row: row.received_at)
        moments = [row.received_at for row in rows]
        for row, code in zip(rows, take_codes("complaint", "C", moments, by=by), strict=True):
            row.code = code
        Complaint.objects.bulk_create(rows, batch_size=_AT_ONCE)
        replies = [message for draft in drafts for message in _reply(draft, by)]
        ComplaintMessage.objects.bulk_create(replies, batch_size=_AT_ONCE)
        link_repeats(rows, by=by)
        return [draft.row.code for draft in drafts]


def _reply(draft: ComplaintDraft, by: User) -> Iterator[ComplaintMessage]:
    """In as many messages as it needs; who brought it stands for whoever wrote it."""
    row = draft.row
    at = row.first_contact_at or row.received_at
    for start in range(0, len(draft.reply), _LONGEST_MESSAGE):
        text = draft.reply[start : start + _LONGEST_MESSAGE]
        yield ComplaintMessage(
            complaint=row, direction=Direction.OUT, author=by, text=text,
            at=at, client_uuid=uuid5(row.client_uuid, str(start)),
        )  # fmt: skip


def link_repeats(rows: Sequence[Complaint], *, by: User) -> None:
    """Each to the last one of the same person or order within 90 days, as when one comes in by itself."""
    with acting(by, "complaint.repeats_found"):
        _link_repeats(rows)


def _link_repeats(rows: Sequence[Complaint]) -> None:
    marks = {row.pk: _marks(row.contact_hashes, row.order_ref) for row in rows}
    wanted = set().union(*marks.values())
    if not wanted:
        return
    earlier = _earlier(wanted)
    linked = []
    for row in rows:
        found = [one for mark in marks[row.pk] for one in earlier[mark] if one[1] != row.pk]
        since = row.received_at - REPEAT_WITHIN
        near = [one for one in found if since <= one[0] and one < (row.received_at, row.pk)]
        if near:
            row.repeat_of_id = max(near)[1]
            linked.append(row)
    Complaint.objects.bulk_update(linked, ["repeat_of"], batch_size=_AT_ONCE)


def _earlier(wanted: set[str]) -> dict[str, list[tuple[datetime, int]]]:
    """(When, key) of each complaint with one of these marks, by the mark. One query."""
    orders = [mark.removeprefix("order:") for mark in wanted if mark.startswith("order:")]
    same = Q(contact_hashes__overlap=sorted(wanted)) | Q(order_ref__in=orders)
    found: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    facts = Complaint.objects.filter(same).values_list(
        "pk", "received_at", "contact_hashes", "order_ref"
    )
    for pk, received_at, hashes, order_ref in facts:
        for mark in _marks(hashes, order_ref):
            found[mark].append((received_at, pk))
    return found


def _marks(hashes: Iterable[str], order_ref: str) -> set[str]:
    return {*hashes, f"order:{order_ref}"} if order_ref else set(hashes)
