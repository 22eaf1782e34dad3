"""Yes or no, for one user and one thing that they see."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Model
from django.utils import timezone

from riskhub.files.owners import owner_of

if TYPE_CHECKING:
    from riskhub.accounts.models import User
    from riskhub.files.models import Comment

WITHDRAWN_WITHIN = timedelta(minutes=15)


def can_comment(user: "User", row: Model) -> bool:
    """Where people may talk about such a thing at all, as its package says."""
    discussion = owner_of(row).discussion
    return discussion is not None and discussion.may_comment(user, row)


def can_withdraw_comment(user: "User", comment: "Comment") -> bool:
    """Its author, while hardly anybody has acted on it."""
    return comment.author_id == user.pk and not comment.is_withdrawn and is_fresh(comment)


def is_fresh(comment: "Comment") -> bool:
    return timezone.now() <= comment.at + WITHDRAWN_WITHIN
