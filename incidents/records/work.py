"""The worker's side of an import of records: what goes wrong for good is kept with it."""

from typing import Any

from django.conf import settings
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import override

from incidents.services.record_runs import apply_records, fail_records
from riskhub.files.store import FileDamaged
from riskhub.imports.models import ImportRun, ImportState
from riskhub.imports.sentences import FileRefusedError


def apply_owed_records(payload: dict[str, Any]) -> None:
    """In the name and language of whoever uploaded it. A repeat does nothing."""
    run = ImportRun.objects.select_related("made_by", "file").get(pk=payload["run"])
    if run.state != ImportState.APPLYING or run.made_by is None:
        return
    with override(run.made_by.locale or settings.LANGUAGE_CODE):
        try:
            apply_records(run, by=run.made_by)
        except (DataError, FileDamaged, FileRefusedError, IntegrityError) as error:
            fail_records(run, by=run.made_by, error=_in_words(error))


def _in_words(error: Exception) -> str:
    if isinstance(error, FileDamaged):
        return _("The stored file is missing or was changed on the disk. Upload it again.")
    if isinstance(error, FileRefusedError):
        return str(error)
    return _("The database refused a record. Nothing was imported.")
