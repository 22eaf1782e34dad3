from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.replies.querysets import ReplyQuerySet
from riskhub.accounts.bilingual import Named
from riskhub.entry.columns import Prose


class ReplyTemplate(Named):
    """What is often said to customers, in both languages; whoever uses it goes on writing from there.

    `{number}` and `{company}`, or `{编号}` and `{公司}`, are filled in.
    """

    text_zh = Prose(_("text in Chinese"), max_length=1000)
    text_en = Prose(_("text in English"), max_length=1000)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)
    row_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("reply template")
        constraints = [
            models.CheckConstraint(
                name="reply_says_something_in_both_languages",
                condition=~Q(text_zh="") & ~Q(text_en=""),
            )
        ]
