from datetime import datetime
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.entry.texts import prose
from riskhub.files.discussions import Settled
from riskhub.files.models import Comment, CommentWithdrawal
from riskhub.files.owners import owner_of
from riskhub.files.permissions import WITHDRAWN_WITHIN, is_fresh
from riskhub.files.speaking import discussion_of, mentioned_in, said_before


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
