"""Records that were kept elsewhere before: each comes in once, known by the number that it has there."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from riskhub.entry.columns import Line
from riskhub.imports.models import ImportRun
from riskhub.personal.columns import Sealed

LONGEST_SOURCE, LONGEST_NUMBER = 40, 100


class Standing(models.Manager[Any]):
    """Without the records of an import that was taken back: nobody sees or counts them any more."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(taken_back_at=None)


class Elsewhere(models.Model):
    """`source` and `external_id` are empty, and `imported_at` is None, for what came in here.

    What an import brought by mistake is taken back with it: it keeps its number here, which is never used
    again, and gives the number there free.
    """

    source = Line(_("comes from"), max_length=LONGEST_SOURCE, blank=True, default="", db_default="")
    external_id = Line(
        _("number there"), max_length=LONGEST_NUMBER, blank=True, default="", db_default=""
    )
    imported_at = models.DateTimeField(_("imported at"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        abstract = True


def once_from_elsewhere(name: str) -> list[models.BaseConstraint]:
    """The same number of the same source is the same record, whoever brings it."""
    return [
        models.UniqueConstraint(
            fields=["source", "external_id"],
            name=f"{name}_once_from_elsewhere",
            condition=~Q(source="") & Q(taken_back_at=None),
        ),
        models.CheckConstraint(
            name=f"{name}_elsewhere_is_whole",
            condition=Q(source="", external_id="", imported_at=None)
            | (~Q(source="") & ~Q(external_id="") & Q(imported_at__isnull=False)),
        ),
        models.CheckConstraint(
            name=f"{name}_taken_back_was_imported",
            condition=Q(taken_back_at=None) | Q(imported_at__isnull=False),
        ),
    ]


class RecordFile(models.Model):
    """With what the file of an import is opened: it holds contacts, and is kept sealed.

    Stored files stay for good. Once the import is over the secret goes, and nobody reads the file again.
    """

    run = models.OneToOneField(ImportRun, models.PROTECT, related_name="record_file")
    secret = Sealed(blank=True)

    def __str__(self) -> str:
        return str(self.run)
