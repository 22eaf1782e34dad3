from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from riskhub.files.models import StoredFile
from riskhub.imports.querysets import ImportMappingQuerySet, ImportRunQuerySet


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Failed")
    DISCARDED = "discard", _("Discarded")  # the column has room for eight letters


class ImportRun(models.Model):
    """One file on its way in: what was asked, what each row became.

    `target` is the code of where the rows go; `new_target` says how to make it where it is missing.
    `rows_file` holds what became of each row when the file was applied. What was applied or undone
    does not change any more but for its undoing: a trigger keeps that. `recalled` says which kept mapping
    the answers were taken from: its name, its last file, and when that was applied. `client_uuid` is the
    key under which a program sent it.
    """

    kind = models.CharField(max_length=20)
    target = models.CharField(max_length=40)
    new_target = models.JSONField(null=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    mapping = models.JSONField(default=dict)
    state = models.CharField(
        max_length=8, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    outcomes = models.JSONField(default=dict)
    rows_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    error = models.TextField(blank=True)
    recalled = models.JSONField(null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_reason = models.TextField(blank=True, default="", db_default="")
    client_uuid = models.UUIDField(null=True, unique=True, editable=False)
    row_version = models.PositiveIntegerField(default=1)

    next_states: ClassVar[Mapping[str, frozenset[str]]] = {
        ImportState.UPLOADED: frozenset({ImportState.APPLYING, ImportState.DISCARDED}),
        ImportState.APPLYING: frozenset(
            {ImportState.APPLIED, ImportState.FAILED, ImportState.UPLOADED}
        ),
        ImportState.FAILED: frozenset(
            {ImportState.APPLYING, ImportState.UPLOADED, ImportState.DISCARDED}
        ),
        ImportState.APPLIED: frozenset({ImportState.UNDONE}),
        ImportState.UNDONE: frozenset(),
        ImportState.DISCARDED: frozenset(),
    }
    objects = ImportRunQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="import_undone_has_time_and_reason",
                condition=(
                    Q(state=ImportState.UNDONE, undone_at__isnull=False) & ~Q(undone_reason="")
                )
                | (~Q(state=ImportState.UNDONE) & Q(undone_at=None, undone_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.file)


class ImportMapping(models.Model):
    """The answers of an applied file, kept for the next one with the same header row.

    `header` is the fingerprint of that row; `filename` and `used_at` are of the file that was applied last.
    """

    kind = models.CharField(max_length=20)
    target = models.CharField(max_length=40)
    header = models.CharField(max_length=64)
    name = models.CharField(_("name"), max_length=120)
    mapping = models.JSONField(default=dict)
    filename = models.CharField(max_length=255)
    used_at = models.DateTimeField(default=timezone.now)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    row_version = models.PositiveIntegerField(default=1)

    objects = ImportMappingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "target", "header"], name="one_import_mapping_per_header"
            ),
            models.CheckConstraint(name="import_mapping_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
