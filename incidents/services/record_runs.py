"""A file of records on its way in: kept sealed, answered, applied by the worker, then never read again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.utils import timezone

from assessments.services.imports import discard_import, fail_import
from incidents.models import RecordFile
from incidents.records.kinds import RecordKind, kind_of_run
from incidents.records.moments import order_in
from incidents.records.outcomes import Batch, RecordOutcome, count_outcomes
from incidents.records.reading import Answers
from incidents.records.table import Raw, RecordTable, read_record_table
from incidents.services.record_import import check_records, take_records
from incidents.services.record_news import tell_records_applied, tell_records_failed
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, move
from riskhub.audit.versions import StaleVersion, lock_row, lock_version, save_fields
from riskhub.files.models import StoredFile
from riskhub.files.services import store_file
from riskhub.files.store import FileDamaged
from riskhub.imports.models import ImportRun, ImportState
from riskhub.work.services import owe_work

APPLY = "records.apply"
_MOMENTS = ("received_at", "replied_at", "closed_at", "occurred_at", "reported_at")
_ROWS = "record_rows"


@dataclass(frozen=True)
class RunPreview:
    """What a file holds, how its columns are read now, and what would become of each record."""

    table: RecordTable
    columns: Mapping[str, int]
    answers: Answers
    outcomes: Sequence[RecordOutcome]

    @property
    def counts(self) -> dict[str, int]:
        return count_outcomes(self.outcomes)


def upload_records(
    content: bytes, *, by: User, kind: RecordKind, source: str, filename: str
) -> ImportRun:
    """Keep the file, sealed. Raises FileRefusedError, and keeps nothing, where it is no table."""
    with acting(by, "import.uploaded"):
        read_record_table(content, filename, kind.fields)
        secret = Fernet.generate_key()
        file = store_file(
            Fernet(secret).encrypt(content), by=by, kind="import", filename=filename,
            mime="application/octet-stream",
        )  # fmt: skip
        run = ImportRun.objects.create(
            kind=kind.run_kind, target=source, file=file, made_by=by, mapping={}
        )
        RecordFile.objects.create(run=run, secret=secret.decode())
        return run


def preview_records(run: ImportRun, mapping: Mapping[str, Any] | None = None) -> RunPreview:
    """The dry run, with the answers that the run has or with others. Raises FileDamaged."""
    kind = kind_of_run(run.kind)
    table = read_record_table(_content(run), run.file.filename, kind.fields)
    given = run.mapping if mapping is None else mapping
    columns = _columns(table, given)
    raws = table.raws(columns)
    answers = Answers(run.target, given.get("order") or _order(raws), given.get("defaults", {}))
    outcomes = check_records(Batch(kind, raws, answers))
    return RunPreview(table, columns, answers, outcomes)


def save_record_mapping(
    run: ImportRun, *, by: User, version: int | None, mapping: Mapping[str, Any]
) -> ImportRun:
    """Keep the answers; another try after a failure begins here as well. Raises StaleVersion."""
    with acting(by, "import.mapped"):
        stored = lock_version(run, version)
        if stored.state == ImportState.FAILED:
            return move(stored, ImportState.UPLOADED, mapping=mapping, error="")
        if stored.state != ImportState.UPLOADED:
            raise WrongState(stored, ImportState.UPLOADED)
        return save_fields(stored, mapping=mapping)


def start_records(run: ImportRun, *, by: User, version: int) -> ImportRun:
    """Owe the work; pressing the button twice owes it once. Raises StaleVersion, WrongState."""
    with acting(by, "import.started"):
        stored = lock_row(run)
        if stored.state in (ImportState.APPLYING, ImportState.APPLIED):
            return stored
        if stored.row_version != version:
            raise StaleVersion(stored)
        move(stored, ImportState.APPLYING, error="")
        owe_work(APPLY, f"{APPLY}:{stored.pk}:{stored.row_version}", {"run": stored.pk}, by=by)
        return stored


def apply_records(run: ImportRun, *, by: User) -> list[RecordOutcome] | None:
    """Write what is good; None where that was done meanwhile."""
    with acting(by, "import.applied"):
        stored = lock_row(run)
        if stored.state != ImportState.APPLYING:
            return None
        preview = preview_records(stored)
        raws = preview.table.raws(preview.columns)
        found = take_records(Batch(kind_of_run(stored.kind), raws, preview.answers), by=by)
        kept = _store(stored, found, by)
        counts, now = count_outcomes(found), timezone.now()
        move(stored, ImportState.APPLIED, outcomes=counts, rows_file=kept, applied_at=now)
        _forget(stored, by)
        tell_records_applied(stored, by=by)
        return found


def fail_records(run: ImportRun, *, by: User, error: str) -> None:
    """Nothing was written; the file waits for other answers or another try."""
    with acting(by, "import.failed", error):
        fail_import(run, by=by, error=error)
        run.refresh_from_db()
        tell_records_failed(run, by=by)


def discard_records(run: ImportRun, *, by: User, version: int) -> ImportRun:
    """Put it away for good: nobody reads the file again."""
    with acting(by, "import.discarded"):
        gone = discard_import(run, by=by, version=version)
        _forget(gone, by)
        return gone


def stored_records(run: ImportRun) -> list[RecordOutcome]:
    """What became of each record when the file was applied. Raises FileDamaged."""
    if run.rows_file is None:
        return []
    return [RecordOutcome.from_json(row) for row in json.loads(run.rows_file.read())["rows"]]


def _content(run: ImportRun) -> bytes:
    """Raises FileDamaged also where the secret went, or cannot be read."""
    secret = RecordFile.objects.get(run=run).secret
    try:
        return Fernet(secret.encode()).decrypt(run.file.read())
    except (InvalidToken, ValueError) as error:
        raise FileDamaged(run.file.sha256) from error


def _columns(table: RecordTable, given: Mapping[str, Any]) -> dict[str, int]:
    if "columns" not in given:
        return dict(table.suggested)
    return {name: index for name, index in given["columns"].items() if index is not None}


def _order(raws: Sequence[Raw]) -> str:
    return order_in(raw.cells.get(name) for raw in raws for name in _MOMENTS)


def _store(run: ImportRun, found: Sequence[RecordOutcome], by: User) -> StoredFile:
    rows = [one.as_json() for one in found]
    content = json.dumps({"rows": rows}, ensure_ascii=False, separators=(",", ":"))
    name = f"{run.file.filename}.json"[-255:]
    return store_file(content.encode(), by=by, kind=_ROWS, filename=name, mime="application/json")


def _forget(run: ImportRun, by: User) -> None:
    with acting(by, "import.forgotten"):
        RecordFile.objects.filter(run=run).update(secret="")
