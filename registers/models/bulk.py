from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BulkEdit(models.Model):
    """What one person changed on many risks at once, so that it can be taken back.

    `changes` is {field: value} as it was asked for. `before` is one list for each changed risk: its key,
    its version afterwards, {field: value as it was}, and whether a source was added to it.
    """

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("changed by")
    )
    made_at = models.DateTimeField(_("changed at"), default=timezone.now)
    changes = models.JSONField(_("changes"), default=dict)
    before = models.JSONField(default=list)
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("bulk edit")
        indexes: ClassVar = [models.Index(fields=["made_by", "-made_at"], name="bulk_edit_by")]

    def __str__(self) -> str:
        return f"{len(self.before)}"
