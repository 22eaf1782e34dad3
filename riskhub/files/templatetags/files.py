"""`{% load files %}`: used by the components; see `riskhub.files` for how a page shows files."""

from collections.abc import Sequence

from django import template
from django.db.models import Model
from django.template import Context
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.safestring import SafeString

from riskhub.files.forms import AttachmentForm, CommentForm
from riskhub.files.models import Attachment, Comment
from riskhub.files.owners import name_of, owner_of
from riskhub.files.permissions import can_comment, can_withdraw_comment
from riskhub.files.reading import attachments_of
from riskhub.files.spoken import spoken

register = template.Library()
register.filter("size", filesizeformat)


@register.simple_tag(name="attachments_of")
def of_row(row: Model) -> Sequence[Attachment]:
    return attachments_of(row)


@register.simple_tag
def photos_of(row: Model) -> list[Attachment]:
    return [one for one in attachments_of(row) if one.is_photo]


@register.simple_tag(takes_context=True)
def may_attach(context: Context, row: Model) -> bool:
    user = context["request"].user
    return user.is_authenticated and owner_of(row).may_change(user, row)


@register.simple_tag
def attach_url(row: Model) -> str:
    return reverse("files:attachment_add", args=[name_of(row)])


@register.simple_tag
def attachment_form() -> AttachmentForm:
    return AttachmentForm()


@register.simple_tag(takes_context=True)
def may_comment(context: Context, row: Model) -> bool:
    user = context["request"].user
    return user.is_authenticated and can_comment(user, row)


@register.simple_tag(takes_context=True)
def may_withdraw(context: Context, comment: Comment) -> bool:
    user = context["request"].user
    return user.is_authenticated and can_withdraw_comment(user, comment)


@register.simple_tag
def comments_url(row: Model) -> str:
    return reverse("files:comment_list", args=[name_of(row)])


@register.simple_tag
def comment_people_url(row: Model) -> str:
    return reverse("files:comment_people", args=[name_of(row)])


@register.simple_tag
def comment_form() -> CommentForm:
    return CommentForm()


@register.simple_tag
def comment_text(comment: Comment, most: int = 0) -> SafeString:
    """Its words with mentions and addresses marked; `most` characters of them, 0 for all."""
    return spoken(comment.text, comment.mentions.all(), most)


@register.filter
def is_longer(comment: Comment, most: int) -> bool:
    return len(comment.text) > most


@register.simple_tag
def newest_comments(row: Model, most: int = 5) -> list[Comment]:
    """One more than `most` where there are more."""
    return list(Comment.objects.of(row).with_people()[: most + 1])
