from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

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
from riskhub.files.discussions import Settled
from riskhub.files.keeping import KeptFile
from riskhub.files.models import Attachment, Comment, CommentWithdrawal, StoredFile
from riskhub.files.owners import owner_of
from riskhub.files.permissions import WITHDRAWN_WITHIN, is_fresh
from riskhub.files.speaking import discussion_of, mentioned_in, said_before
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


def add_comment(
    row: Model, text: str, *, by: User, client_uuid: UUID | None = None,
    once_since: datetime | None = None,
) -> Comment:  # fmt: skip
    """Say something about a row, and tell the people whom it mentions.

    Sent again with the same key it is the same comment; with `once_since`, so are the same words that
    its author said last, after that moment. Raises Settled where nothing more can be said.
    """
    with acting(by, "comment.added"):
        owner, text = owner_of(row), prose(text)
        discussion = discussion_of(row)
        if objection := discussion.objection(row):
            raise Settled(objection)
        if not text:
            raise ValidationError({"text": _("Write what you want to say.")})
        if made := said_before(row, text, by, client_uuid, once_since):
            return made
        people = mentioned_in(text, discussion.onlookers(row))
        comment, is_new = Comment.objects.get_or_create(
            client_uuid=client_uuid or uuid4(),
            defaults={"owner_type": owner.type, "owner_id": row.pk, "author": by, "text": text},
        )
        if is_new:
            comment.mentions.set(people)
            if others := [user for user in people if user != by]:
                discussion.tell(comment, row, others, by=by)
        return comment


def withdraw_comment(comment: Comment, *, by: User) -> Comment:
    """Nobody reads it on a page any more; that it was there, and when it went, stays."""
    with acting(by, "comment.withdrawn"):
        if comment.author_id != by.pk or not is_fresh(comment):
            minutes = WITHDRAWN_WITHIN.seconds // 60
            words = _(
                "A comment can be withdrawn for %(minutes)d minutes. Correct it in another one."
            )
            raise Settled(words % {"minutes": minutes})
        CommentWithdrawal.objects.get_or_create(comment=comment)
        return comment


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
