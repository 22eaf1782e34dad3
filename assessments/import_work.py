"""The worker's side of an import: what goes wrong for good is told, what may pass is tried again."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from assessments.register_import.mapping import MappingError
from assessments.services.imports import CannotImport, apply_import, fail_import, tell_failed
from riskhub.files.store import FileDamaged
from riskhub.imports.models import ImportRun, ImportState


def apply_owed_import(payload: dict[str, Any]) -> None:
    """One owed import, in the name and language of whoever uploaded it. A repeat does nothing."""
    run = ImportRun.objects.select_related("made_by", "file").get(pk=payload["run"])
    if run.state != ImportState.APPLYING:
        return
    with override(run.made_by.locale if run.made_by else settings.LANGUAGE_CODE):
        try:
            apply_import(run, by=run.made_by)
        except (CannotImport, FileDamaged, MappingError, ValidationError) as error:
            fail_import(run, by=run.made_by, error=_in_words(error))
            tell_failed(run, by=run.made_by)


def _in_words(error: Exception) -> str:
    if isinstance(error, FileDamaged):
        return _("The stored file is missing or was changed on the disk. Upload it again.")
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error)
