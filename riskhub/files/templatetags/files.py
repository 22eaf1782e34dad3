"""`{% load files %}`: used by the components; see `riskhub.files` for how a page shows files."""

from collections.abc import Sequence

from django import template
from django.db.models import Model
from django.template import Context
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from riskhub.files.forms import AttachmentForm
from riskhub.files.models import Attachment
from riskhub.files.owners import name_of, owner_of
from riskhub.files.reading import attachments_of

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
