"""An upload on its way: kept with its mapping until somebody applies it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.permissions import can_import_register
from assessments.querysets import REGISTER
from assessments.register_import.layout import judge_header
from assessments.services.imports.mappings import recall_mapping
from assessments.services.imports.places import NewRegister, places_for, without_closed
from assessments.services.imports.preview import Preview, preview_file
from registers.models import Register
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, can_move, move
from riskhub.audit.versions import lock_row, lock_version, save_fields
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import capitals
from riskhub.files.services import store_file
from riskhub.imports.models import ImportRun, ImportState
from riskhub.imports.tables import read_tables

KIND = REGISTER


class CannotImport(Exception):  # noqa: N818 - reads as what it says
    """The sentence says why and what to do."""


def upload_register(
    content: bytes,
    *,
    by: User | None,
    filename: str,
    register_code: str,
    new: NewRegister | None = None,
    mapping: dict[str, Any] | None = None,
    client_uuid: UUID | None = None,
) -> ImportRun:
    """Keep the file as it came. Raises FileRefusedError, and keeps nothing, where it is no table.

    Without a mapping the answers of the last file with the same header row are taken. The same
    `client_uuid` sent again is the same upload; with another file or register it is refused.
    """
    with acting(by, "import.uploaded"):
        target = new.as_json() if new else None
        code = check_place(register_code, by=by, new=target)
        table = read_tables(content, filename, judge_header)
        last = recall_mapping(table, kind=KIND, target=code) if mapping is None else None
        file = store_file(
            content, by=by, kind="import", filename=filename, mime="application/octet-stream"
        )
        answers = {
            "mapping": last.mapping if last else mapping or {},
            "recalled": last.facts if last else None,
        }
        place = {"kind": KIND, "target": code, "new_target": target, "file": file, "made_by": by}
        return _keep(place, answers, client_uuid)


def _keep(place: dict[str, Any], answers: dict[str, Any], client_uuid: UUID | None) -> ImportRun:
    """Of two who send the same at once the second waits for the first, and gets what that one made."""
    if client_uuid is None:
        return ImportRun.objects.create(**place, **answers)
    run, is_new = ImportRun.objects.select_related("file").get_or_create(
        client_uuid=client_uuid, defaults=place | answers
    )
    same = [getattr(run, name) == value for name, value in place.items() if name != "file"]
    if not is_new and not (all(same) and run.file.sha256 == place["file"].sha256):
        raise KeyReused
    return run


def save_mapping(
    run: ImportRun, *, by: User, version: int | None, mapping: dict[str, Any]
) -> ImportRun:
    """Keep the answers of the wizard; another try after a failure begins here as well.

    Raises MappingError for answers that cannot be used, StaleVersion when another tab changed them.
    """
    with acting(by, "import.mapped"):
        stored = lock_version(run, version)
        if stored.state not in (ImportState.UPLOADED, ImportState.FAILED):
            raise WrongState(stored, ImportState.UPLOADED)
        preview_run(stored, mapping=mapping)
        if stored.state == ImportState.FAILED:
            return move(stored, ImportState.UPLOADED, mapping=mapping, error="")
        return save_fields(stored, mapping=mapping)


def discard_import(run: ImportRun, *, by: User, version: int | None = None) -> ImportRun:
    """Put an upload away for good that nobody imports. The stored file stays, as every one does.

    Raises StaleVersion when somebody answered since, WrongState once it is being applied.
    """
    with acting(by, "import.discarded"):
        stored = lock_row(run)
        if not can_move(stored, ImportState.DISCARDED):
            raise WrongState(stored, ImportState.DISCARDED)
        lock_version(stored, version)
        return move(run, ImportState.DISCARDED)


def preview_run(run: ImportRun, *, mapping: dict[str, Any] | None = None) -> Preview:
    """The dry run of an upload with the mapping that it has now, or with another."""
    return preview_file(
        run.file.read(),
        run.file.filename,
        without_closed(run.mapping) if mapping is None else mapping,
        register_code=run.target,
        by=run.made_by,
        new=run.new_target,
    )


def check_place(code: str, *, by: User | None, new: dict[str, Any] | None = None) -> str:
    """The code as it is kept; raises CannotImport where this person may not import into its register."""
    if by and not can_import_register(by):
        raise CannotImport(_("Only a risk manager imports registers."))
    _check_code(capitals(code))
    places = places_for(code, by=by, new=new)
    if objection := places.objection():
        raise CannotImport(objection)
    return places.register_code


def _check_code(code: str) -> None:
    """Raises CannotImport, in the words of the form, for what cannot be the code of a register."""
    try:
        Register._meta.get_field("code").clean(code, None)
    except ValidationError as fault:
        reason = " ".join(fault.messages)
        sentence = _("Register code “%(code)s”: %(reason)s")
        raise CannotImport(sentence % {"code": code, "reason": reason}) from fault
