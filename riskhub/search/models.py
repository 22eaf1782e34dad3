"""How people look at lists: what each keeps for a list, and the views that they save and share."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.models import Department
from riskhub.entry.columns import Line
from riskhub.search.choices import Sharing
from riskhub.search.pages import shown_at
from riskhub.search.querysets import SavedViewQuerySet


class ListSetting(models.Model):
    """What one person has chosen to see in one list; `page` is the name of its address."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="list_settings",
        verbose_name=_("kept by"),
    )
    page = models.CharField(max_length=60)
    columns = models.JSONField(_("columns"), default=list)
    is_compact = models.BooleanField(_("narrow rows"), default=False, db_default=False)

    class Meta:
        verbose_name = _("setting of a list")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "page"], name="one_setting_of_a_list_each")
        ]

    def __str__(self) -> str:
        return self.page


class SavedView(models.Model):
    """A question to a list under a name: its filters, order, groups and columns.

    It shows to everybody only what they may see. `query` is {name in the address: values}.
    """

    page = models.CharField(max_length=60)
    name = Line(_("name"), max_length=60)
    query = models.JSONField(_("filters"), default=dict)
    columns = models.JSONField(_("columns"), default=list)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="saved_views",
        verbose_name=_("saved by"),
    )
    shared_with = models.CharField(
        _("shared with"), max_length=10, choices=Sharing.choices, default=Sharing.NONE
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("department"),
    )  # fmt: skip
    is_pinned = models.BooleanField(_("as a tab"), default=False, db_default=False)
    row_version = models.PositiveIntegerField(default=1)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "page", "name"], name="saved_view_named_once",
                violation_error_message=_("You have a view of this name. Choose another one."),
            ),
            models.CheckConstraint(
                name="saved_view_of_a_department",
                condition=Q(shared_with=Sharing.DEPARTMENT, department__isnull=False)
                | (~Q(shared_with=Sharing.DEPARTMENT) & Q(department=None)),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return shown_at(self.page, self.query, self.columns, self.pk)

    def has(self, query: object, columns: object) -> bool:
        """Whether a list that shows this shows the view as it was saved."""
        return bool(self.query == query and self.columns == columns)
