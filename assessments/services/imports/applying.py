"""Apply an import: all of its good rows in one transaction, or none."""

from collections.abc import Iterator
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.register_import.rows import ImportedRow
from assessments.services.assessments import Imported, Scores, record_assessments
from assessments.services.imports.places import places_for
from assessments.services.imports.preview import Preview, preview_file
from assessments.services.imports.runs import CannotImport
from registers.choices import OriginKind
from registers.models import Register, Risk, RiskArea, RiskCategory, RiskSource
from registers.services import Origin, RiskDraft, create_register, create_risks
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import move
from riskhub.audit.versions import lock_row
from riskhub.imports.models import ImportRun, ImportState
from riskhub.notices.services import notify
from riskhub.work.progress import report_progress
from riskhub.work.services import owe_work

APPLY = "import.apply"
_CHUNK = 500


def start_import(run: ImportRun, *, by: User) -> ImportRun:
    """Owe the work; pressing the button twice owes it once."""
    with acting(by, "import.started"):
        stored = lock_row(run)
        if stored.state in (ImportState.APPLYING, ImportState.APPLIED):
            return stored
        preview = preview_run(stored)
        if preview.plan.refused or not preview.can_apply:
            raise CannotImport(_("There is no row to import. Look at the messages of the rows."))
        move(stored, ImportState.APPLYING, error="")
        owe_work(APPLY, work_key(stored), {"run": stored.pk}, by=by)
        return stored


def import_now(run: ImportRun, *, by: User | None) -> Preview:
    """Apply without the worker, for the command."""
    with acting(by, "import.started"):
        move(run, ImportState.APPLYING, error="")
        return apply_import(run, by=by)


def apply_import(run: ImportRun, *, by: User | None) -> Preview:
    """Make the risks and their assessments; a second application finds every row there already."""
    with acting(by, "import.applied"):
        stored = lock_row(run)
        register = _register(stored.target, by)
        Register.objects.select_for_update().get(pk=register.pk)
        preview = preview_run(stored)
        rows = [row for row in preview.plan.rows if row.outcome == "create"]
        maker = _Maker(register, preview, stored)
        for done, chunk in _chunks(rows):
            maker.make(chunk, by=by)
            report_progress(work_key(stored), done=done, total=len(rows))
        if stored.state == ImportState.APPLYING:
            move(stored, ImportState.APPLIED, outcomes=preview.counts, applied_at=timezone.now())
            _tell(stored, preview, by)
        return preview


def fail_import(run: ImportRun, *, by: User | None, error: str) -> None:
    """Nothing was written; the file waits for another mapping or try."""
    with acting(by, "import.failed", error):
        move(run, ImportState.FAILED, error=error[:2000])


def preview_run(run: ImportRun) -> Preview:
    """The dry run of an upload with the mapping that it has now."""
    return preview_file(
        run.file.read(), run.file.filename, run.mapping, register_code=run.target, by=run.made_by
    )


def work_key(run: ImportRun) -> str:
    """Of the job that applies the run in its present try."""
    return f"{APPLY}:{run.pk}:{run.row_version}"


class _Maker:
    """Turns rows into risks, with the taxonomy read once."""

    def __init__(self, register: Register, preview: Preview, run: ImportRun) -> None:
        self.register, self.preview, self.run = register, preview, run
        self.categories = {term.code: term for term in RiskCategory.objects.all()}
        self.areas = {term.code: term for term in RiskArea.objects.all()}
        self.sources = {term.code: term for term in RiskSource.objects.all()}

    def make(self, rows: list[ImportedRow], *, by: User | None) -> None:
        risks = create_risks([self._draft(row) for row in rows], by=by)
        record_assessments(
            [
                self._scored(risk, row)
                for risk, row in zip(risks, rows, strict=True)
                if row.inherent and row.residual
            ],
            by=by,
        )

    def _draft(self, row: ImportedRow) -> RiskDraft:
        said = {"measures": row.measures, "contingency": row.contingency, "trigger": row.trigger,
                "notes": row.notes, "strategy": row.strategy}  # fmt: skip
        return RiskDraft(
            register=self.register,
            title=row.title[:300],
            event=row.event or row.title,
            cause=row.cause,
            consequence=row.consequence,
            lang="en" if row.language == "en" else "zh-hans",
            category=self.categories[row.category],
            area=self.areas.get(row.area),
            primary_source=self.sources[row.source],
            owner_department=self.preview.departments[row.row],
            owner_note=row.owner_text[:200],
            reported_on=row.identified_on,
            origin=Origin(
                OriginKind.IMPORT,
                row.fingerprint,
                f"{self.run.file.filename} {row.row}"[:300],
                {**row.file, **{key: text for key, text in said.items() if text}},
            ),
        )

    def _scored(self, risk: Risk, row: ImportedRow) -> Imported:
        assert row.inherent and row.residual  # noqa: S101, PT018 - asked by make()
        name = self.run.file.filename
        return Imported(
            risk,
            Scores(row.inherent, row.residual),
            row.is_unlinked,
            _("As in %(file)s, row %(row)s.") % {"file": name, "row": row.row},
        )


def _register(code: str, by: User | None) -> Register:
    found = Register.objects.filter(code=code).first()
    if found:
        return found
    department = places_for(code, by=by).department
    return create_register(by=by, code=code, name_zh=code, department=department)


def _chunks(rows: list[ImportedRow]) -> Iterator[tuple[int, list[ImportedRow]]]:
    """(How many are done after it, the chunk)."""
    waiting, done = iter(rows), 0
    while chunk := list(islice(waiting, _CHUNK)):
        done += len(chunk)
        yield done, chunk


def _tell(run: ImportRun, preview: Preview, by: User | None) -> None:
    notify(
        [run.made_by] if run.made_by else [],
        by=by,
        kind="import_applied",
        params={"file": run.file.filename, "created": preview.counts["create"]},
        url=f"/imports/{run.pk}/",
        dedupe=f"import_applied:{run.pk}",
    )
