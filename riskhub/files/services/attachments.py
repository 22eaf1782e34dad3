from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row
from riskhub.entry.texts import prose
from riskhub.files.keeping import KeptFile
from riskhub.files.models import Attachment, StoredFile
from riskhub.files.owners import owner_of
from riskhub.files.store import store_bytes

Sender = User | AnonymousUser | None
"""AnonymousUser is a person who is not to be known; None is the system itself."""


def store_file(content: bytes, *, by: Sender, kind: str, filename: str, mime: str) -> StoredFile:
    """The content is stored first, whole; then the row says that it is there."""
    digest = store_bytes(content)
    with acting(by, "file.stored"):
        return StoredFile.objects.create(
            kind=kind,
            filename=filename[:255],
            mime=mime,
            size=len(content),
            sha256=digest,
            uploaded_by=_known(by),
        )


def attach_files(row: Model, files: Sequence[KeptFile], *, by: Sender) -> list[Attachment]:
    """Give these files to the row, each once: what it has already is not attached again.

    Their bytes are stored since they were kept; a process that is killed here leaves bytes that
    no row names, never a row without its bytes.
    """
    with acting(by, "attachment.added"):
        owner = owner_of(row)
        lock_row(owner.locked(row))
        there = set(_digests(row))
        fresh = {one.received_sha256: one for one in files if one.received_sha256 not in there}
        if len(there) + len(fresh) > owner.most:
            sentence = ngettext(
                "At most %(most)d file belongs here. Leave some out.",
                "At most %(most)d files belong here. Leave some out.",
                owner.most,
            )
            raise ValidationError(sentence % {"most": owner.most})
        return [_attach(owner.type, row.pk, one, by) for one in fresh.values()]


def remove_attachment(attachment: Attachment, *, by: User, reason: str) -> Attachment:
    """Out of view for everybody; the row, its bytes and the reason stay, as the audit names them."""
    with acting(by, "attachment.removed", prose(reason)):
        if not prose(reason):
            raise ValidationError({"reason": _("Say why: it stays in the audit log.")})
        stored = lock_row(attachment)
        if stored.removed_at is None:
            stored.removed_at, stored.removed_by = timezone.now(), by
            stored.save(update_fields=["removed_at", "removed_by"])
        return stored


def _attach(owner_type: str, owner_id: int, kept: KeptFile, by: Sender) -> Attachment:
    small = None
    if kept.thumbnail_sha256:
        small = _row(
            by, kind="thumbnail", filename=kept.filename, mime="image/jpeg",
            size=kept.thumbnail_size, sha256=kept.thumbnail_sha256,
        )  # fmt: skip
    file = _row(
        by, kind=kept.kind, filename=kept.filename, mime=kept.mime, size=kept.size,
        sha256=kept.sha256,
    )  # fmt: skip
    return Attachment.objects.create(
        owner_type=owner_type, owner_id=owner_id, kind=kept.kind, file=file, thumbnail=small,
        width=kept.width, height=kept.height, received_sha256=kept.received_sha256,
    )  # fmt: skip


def _row(by: Sender, **facts: object) -> StoredFile:
    return StoredFile.objects.create(uploaded_by=_known(by), **facts)


def _digests(row: Model) -> list[str]:
    shown = Attachment.objects.of(row).shown()
    return list(shown.values_list("received_sha256", flat=True))


def _known(by: Sender) -> User | None:
    return by if isinstance(by, User) else None
