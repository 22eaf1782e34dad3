"""An upload on its way: kept with its mapping until somebody applies it."""

from typing import Any

from django.utils.translation import gettext as _

from assessments.permissions import can_import_register
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_version, save_fields
from riskhub.files.services import store_file
from riskhub.imports.limits import DEFAULT_LIMITS
from riskhub.imports.models import ImportRun, ImportState

KIND = "register"


class CannotImport(Exception):  # noqa: N818 - reads as what it says
    """The sentence says why and what to do."""


def upload_register(
    content: bytes,
    *,
    by: User | None,
    filename: str,
    register_code: str,
    mapping: dict[str, Any] | None = None,
) -> ImportRun:
    """Keep the file as it came; what is in it is looked at by the preview."""
    with acting(by, "import.uploaded"):
        if by and not can_import_register(by):
            raise CannotImport(_("Only a risk manager imports registers."))
        if len(content) > DEFAULT_LIMITS.file_bytes:
            raise CannotImport(_("The file is larger than 10 MB. Split it and import the parts."))
        file = store_file(
            content, by=by, kind="import", filename=filename, mime="application/octet-stream"
        )
        return ImportRun.objects.create(
            kind=KIND, target=register_code, file=file, mapping=mapping or {}, made_by=by
        )


def save_mapping(
    run: ImportRun, *, by: User, version: int | None, mapping: dict[str, Any]
) -> ImportRun:
    """Keep the answers of the wizard; raises StaleVersion when another tab changed them."""
    with acting(by, "import.mapped"):
        stored = lock_version(run, version)
        if stored.state != ImportState.UPLOADED:
            raise CannotImport(_("This file is already being imported."))
        return save_fields(stored, mapping=mapping)
