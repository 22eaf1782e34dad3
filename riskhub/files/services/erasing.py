"""Files whose time is over: first a row says so for good, then the bytes go that nothing needs any more.

What an attachment was called, how large it was and its hash stay; so do seals, numbers and reports.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.utils import timezone

from riskhub.audit.context import acting
from riskhub.audit.services import note_event
from riskhub.files.keeping import KEPT_FOR
from riskhub.files.models import Attachment, AttachmentErasure, StoredFile
from riskhub.files.store import kept_since, remove_stored
from riskhub.work.services import owe_work

ERASE = "files.erase"
BATCH = 500
SPARED = 2 * KEPT_FOR
"""So long bytes stay of which no row knows: a form may hold them, or be about to name them."""


def derive_erasing(*, by: None = None) -> None:
    """Once a day, wherever files are kept at all."""
    with acting(by, f"{ERASE}.owed"):
        if StoredFile.objects.exists():
            owe_work(ERASE, f"{ERASE}:{timezone.localdate()}")


def erase_attachments(*, by: None = None) -> int:
    """Nobody is handed such a file any more, though the same bytes may belong to another thing."""
    count = 0
    while True:
        with acting(by, "attachment.erased"):
            due = Attachment.objects.to_erase(timezone.now()).order_by("pk")
            batch = list(due.select_for_update(of=("self",), skip_locked=True)[:BATCH])
            if not batch:
                return count
            rows = [AttachmentErasure(attachment=attachment) for attachment in batch]
            count += len(AttachmentErasure.objects.bulk_create(rows))


def tidy_files(*, by: None = None) -> int:
    """Take away bytes that no row needs, older than what a form may still hold; returns how many files."""
    count = 0
    for batch in _batches(timezone.now() - SPARED):
        needed = StoredFile.objects.needed().filter(sha256__in=batch)
        for digest in set(batch).difference(needed.values_list("sha256", flat=True)):
            remove_stored(digest)
            count += 1
    if count:
        note_event(
            by=by, action="file.tidied", object_type=StoredFile._meta.db_table,
            details={"count": count},
        )  # fmt: skip
    return count


def _batches(before: datetime) -> Iterator[list[str]]:
    old = (digest for digest, since in kept_since() if since < before)
    while batch := list(islice(old, BATCH)):
        yield batch
