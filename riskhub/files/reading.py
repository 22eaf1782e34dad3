"""The files of rows, for pages and programs."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import Model

from riskhub.files.models import Attachment

Row = TypeVar("Row", bound=Model)
_ASKED = "_attachments_asked"


def with_attachments(rows: Iterable[Row]) -> list[Row]:
    """The rows with their files at hand: one query, however many rows there are."""
    rows = list(rows)
    found: dict[int, list[Attachment]] = {row.pk: [] for row in rows}
    for attachment in Attachment.objects.of_all(rows).shown().with_files():
        found[attachment.owner_id].append(attachment)
    for row in rows:
        setattr(row, _ASKED, found[row.pk])
    return rows


def attachments_of(row: Model) -> Sequence[Attachment]:
    """Whoever asks has fetched the row from what they see."""
    if not hasattr(row, _ASKED):
        with_attachments([row])
    found: list[Attachment] = getattr(row, _ASKED)
    return found
