"""What is asked before somebody's words are kept: about what, whom they mention, whether they are new."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from riskhub.accounts.models import User
from riskhub.entry.repeats import KeyReused
from riskhub.files.discussions import Discussion
from riskhub.files.mentions import Mentions, find_mentions, has_mentions
from riskhub.files.models import Comment
from riskhub.files.owners import owner_of, type_of_owner


def discussion_of(row: Model) -> Discussion:
    """LookupError for a thing of which nobody talks here."""
    discussion = owner_of(row).discussion
    if discussion is None:
        raise LookupError(type_of_owner(type(row)))
    return discussion


def mentioned_in(text: str, onlookers: QuerySet[User]) -> list[User]:
    """Raises ValidationError for a name of nobody who sees the thing, and for one of several people."""
    if not has_mentions(text):
        return []
    found = find_mentions(text, onlookers.order_by("pk"))
    if sentences := _sentences(found):
        raise ValidationError({"text": sentences})
    return found.people


def said_before(
    row: Model, text: str, by: User, key: UUID | None, since: datetime | None
) -> Comment | None:
    """The same words under this key, or lately; raises KeyReused for other words under this key."""
    made = Comment.objects.filter(client_uuid=key).first() if key else None
    if made is not None:
        said = made.owner_type, made.owner_id, made.author_id, made.text
        if said != (type_of_owner(type(row)), row.pk, by.pk, text):
            raise KeyReused
        return made
    if since is None:
        return None
    last = Comment.objects.of(row).filter(author=by, withdrawal=None).order_by("pk").last()
    return last if last and last.text == text and last.at > since else None


def _sentences(found: Mentions) -> list[str]:
    nobody = _(
        "“@%(name)s” names nobody who sees this. Choose somebody from the list, or leave out the @."
    )
    several = _("“@%(name)s” may be several people. Write the user name: %(names)s.")
    sentences = [nobody % {"name": name} for name in dict.fromkeys(found.unknown)]
    for name, people in found.doubtful.items():
        names = pgettext("between names", ", ").join(f"@{user.username}" for user in people)
        sentences.append(several % {"name": name, "names": names})
    return sentences
