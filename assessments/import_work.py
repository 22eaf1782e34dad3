"""The worker's side of an import: what goes wrong for good is told, what may pass is tried again."""

from typing import Any

from django.core.exceptions import ValidationError

from assessments.register_import.mapping import MappingError
from assessments.services.imports import CannotImport, apply_import, fail_import
from riskhub.files.store import FileDamaged
from riskhub.imports.models import ImportRun, ImportState
from riskhub.notices.services import notify


def apply_owed_import(payload: dict[str, Any]) -> None:
    """One owed import, in the name of whoever uploaded it. A repeat finds it applied and does nothing."""
    run = ImportRun.objects.select_related("made_by", "file").get(pk=payload["run"])
    if run.state != ImportState.APPLYING:
        return
    try:
        apply_import(run, by=run.made_by)
    except (CannotImport, FileDamaged, MappingError, ValidationError) as error:
        fail_import(run, by=run.made_by, error=str(error))
        notify(
            [run.made_by] if run.made_by else [],
            by=run.made_by,
            kind="import_failed",
            params={"file": run.file.filename},
            url=f"/imports/{run.pk}/",
            dedupe=f"import_failed:{run.pk}:{run.row_version}",
        )
