"""The answers of a file are kept, and given by themselves to the next one with the same header row."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.register_import.fields import FIELDS
from assessments.services.imports.preview import Preview
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import lock_version, save_fields
from riskhub.entry.texts import one_line
from riskhub.imports.fingerprints import find_header_row, fingerprint_of
from riskhub.imports.models import ImportMapping, ImportRun, ImportState
from riskhub.imports.sheets import TableFile

_LONGEST = 120


@dataclass(frozen=True)
class Recalled:
    """`mapping` as a mapping file; `facts` say whose answers they are."""

    mapping: dict[str, Any]
    facts: dict[str, str]


def recall_mapping(file: TableFile, *, kind: str, target: str) -> Recalled | None:
    """The answers that were kept for a header row of this file, wherever it stands now."""
    kept = {one.header: one for one in ImportMapping.objects.filter(kind=kind, target=target)}
    place = find_header_row(file, kept) if kept else None
    if place is None:
        return None
    one = kept[place.header]
    facts = {"name": one.name, "file": one.filename, "at": one.used_at.isoformat()}
    return Recalled(
        one.mapping | {"sheet": place.sheet, "header_row": place.row}, facts | {"id": str(one.pk)}
    )


def keep_mapping(run: ImportRun, preview: Preview, *, by: User | None) -> ImportMapping | None:
    """The answers of a file that is applied, under the name that they have or that of the file."""
    header = _header_of(preview)
    if not header:
        return None
    with acting(by, "import_mapping.kept"):
        name = run.file.filename
        facts = {
            "mapping": _answers(preview), "filename": name, "used_at": timezone.now(), "used_by": by,
        }  # fmt: skip
        kept = ImportMapping.objects.select_for_update().filter(
            kind=run.kind, target=run.target, header=header
        )
        if found := kept.first():
            return save_fields(found, **facts)
        stem = one_line(PurePath(name).stem)[:_LONGEST] or name[:_LONGEST]
        return ImportMapping.objects.create(
            kind=run.kind, target=run.target, header=header, name=stem, **facts
        )


def forget_mapping(run: ImportRun, *, by: User, version: int | None) -> ImportRun:
    """Begin with what the file itself suggests; what was kept stays kept."""
    with acting(by, "import.mapped"):
        stored = lock_version(run, version)
        if stored.state not in (ImportState.UPLOADED, ImportState.FAILED):
            raise WrongState(stored, ImportState.UPLOADED)
        return save_fields(stored, mapping={}, recalled=None)


def rename_mapping(
    kept: ImportMapping, *, by: User, version: int | None, name: str
) -> ImportMapping:
    with acting(by, "import_mapping.renamed"):
        stored = lock_version(kept, version)
        if not one_line(name):
            raise ValidationError({"name": _("Give it a name.")})
        return save_fields(stored, name=one_line(name)[:_LONGEST])


def delete_mapping(kept: ImportMapping, *, by: User, version: int | None) -> None:
    """The next file with this header row is asked about as a new one."""
    with acting(by, "import_mapping.deleted"):
        lock_version(kept, version).delete()


def _header_of(preview: Preview) -> str:
    sheets = preview.file.sheets if preview.file else ()
    plan = preview.plan
    sheet = next((sheet for sheet in sheets if sheet.name == plan.sheet), None)
    return fingerprint_of(sheet.row(plan.header_row)) if sheet and plan.header_row else ""


def _answers(preview: Preview) -> dict[str, Any]:
    """Columns by number, so that they hold whatever stands in the rows around the header."""
    layout, used = preview.plan.layout, preview.plan.mapping
    numbers = (
        {name: [i + 1 for i in found] for name, found in layout.indexes.items()} if layout else {}
    )
    return {
        "columns": {name: numbers.get(name) for name in FIELDS if name in used["columns"]},
        "scales": used["scales"],
        "defaults": {name: value for name, value in preview.mapping.defaults.items() if value},
    }
