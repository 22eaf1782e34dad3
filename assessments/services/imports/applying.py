"""Apply an import: all of its good rows in one transaction, or none."""

from collections.abc import Iterator
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.register_import.rows import ImportedRow
from assessments.scoring import Scores
from assessments.services.assessments import Imported, record_assessments
from assessments.services.imports.mappings import keep_mapping
from assessments.services.imports.news import tell_applied
from assessments.services.imports.outcomes import store_outcomes
from assessments.services.imports.places import places_for
from assessments.services.imports.preview import Preview
from assessments.services.imports.questions import open_questions
from assessments.services.imports.runs import CannotImport, check_place, preview_run
from registers.choices import OriginKind
from registers.models import Register, Risk, RiskArea, RiskCategory, RiskSource, ServiceLine
from registers.services import (
    Origin,
    RiskDraft,
    create_register,
    create_risks,
    redo_risks,
    require_taking,
    usual_importance,
)
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.transitions import WrongState, can_move, move
from riskhub.audit.versions import StaleVersion, lock_row
from riskhub.imports.models import ImportRun, ImportState
from riskhub.work.progress import report_progress
from riskhub.work.services import owe_work

APPLY = "import.apply"
_CHUNK = 500


def start_import(run: ImportRun, *, by: User, version: int | None = None) -> ImportRun:
    """Owe the work; pressing the button twice owes it once."""
    with acting(by, "import.started"):
        stored = lock_row(run)
        if stored.state in (ImportState.APPLYING, ImportState.APPLIED):
            return stored
        if version is not None and stored.row_version != version:
            raise StaleVersion(stored)
        if not can_move(stored, ImportState.APPLYING):
            raise WrongState(stored, ImportState.APPLYING)
        check_place(stored.target, by=by, new=stored.new_target)
        if questions := open_questions(preview_run(stored)):
            raise CannotImport(str(questions[0]))
        move(stored, ImportState.APPLYING, error="")
        owe_work(APPLY, work_key(stored), {"run": stored.pk}, by=by)
        return stored


def stop_import(run: ImportRun, *, by: User) -> ImportRun:
    """Back to the questions; a worker that has begun is waited for, and then it is too late."""
    with acting(by, "import.stopped"):
        return move(run, ImportState.UPLOADED)


def import_now(run: ImportRun, *, by: User | None) -> Preview:
    """Apply without the worker, for the command."""
    with acting(by, "import.started"):
        return _write(move(run, ImportState.APPLYING, error=""), by=by)


def apply_import(run: ImportRun, *, by: User | None) -> Preview | None:
    """Make the risks and their assessments; None where that was done or stopped meanwhile."""
    with acting(by, "import.applied"):
        stored = lock_row(run)
        return _write(stored, by=by) if stored.state == ImportState.APPLYING else None


def fail_import(run: ImportRun, *, by: User | None, error: str) -> None:
    """Nothing was written; the file waits for other answers or another try."""
    with acting(by, "import.failed", error):
        move(run, ImportState.FAILED, error=error[:2000])


def work_key(run: ImportRun) -> str:
    """Of the job that applies the run in its present try."""
    return f"{APPLY}:{run.pk}:{run.row_version}"


def _write(run: ImportRun, *, by: User | None) -> Preview:
    """The locked run; a second file for the same register waits until this one is through."""
    with acting(by, "import.applied"):
        check_place(run.target, by=by, new=run.new_target)
        register = _register(run, by)
        require_taking([register])
        preview = preview_run(run)
        rows = [row for row in preview.plan.rows if row.outcome == "create"]
        maker = _Maker(register, preview, run)
        made: dict[int, str] = {}
        for done, chunk in _chunks(rows):
            made |= maker.make(chunk, by=by)
            report_progress(work_key(run), done=done, total=len(rows))
        kept = store_outcomes(run, preview, made, by=by)
        now = timezone.now()
        move(run, ImportState.APPLIED, outcomes=preview.counts, rows_file=kept, applied_at=now)
        keep_mapping(run, preview, by=by)
        tell_applied(run, register, by=by)
        return preview


class _Maker:
    """Turns rows into risks, with the taxonomy read once."""

    def __init__(self, register: Register, preview: Preview, run: ImportRun) -> None:
        self.register, self.preview, self.run = register, preview, run
        self.categories = {term.code: term for term in RiskCategory.objects.all()}
        self.areas = {term.code: term for term in RiskArea.objects.all()}
        self.sources = {term.code: term for term in RiskSource.objects.all()}
        self.lines = {term.code: term for term in ServiceLine.objects.all()}

    def make(self, rows: list[ImportedRow], *, by: User | None) -> dict[int, str]:
        """The codes of the new risks by number of the row; what was taken back opens again."""
        risks = self._risks(rows, by)
        record_assessments(
            [
                self._scored(risk, row)
                for risk, row in zip(risks, rows, strict=True)
                if row.inherent and row.residual
            ],
            by=by,
        )
        return {row.row: risk.code for risk, row in zip(risks, rows, strict=True)}

    def _risks(self, rows: list[ImportedRow], by: User | None) -> list[Risk]:
        """In the order of the rows."""
        codes = [self.preview.settled[row.row].code for row in rows]
        undone = {risk.code: risk for risk in Risk.objects.filter(code__in=filter(None, codes))}
        pairs = list(zip(codes, (self._draft(row) for row in rows), strict=True))
        again = [(undone[code], draft) for code, draft in pairs if code]
        opened = {risk.code: risk for risk in redo_risks(again, by=by)} if again else {}
        fresh = iter(create_risks([draft for code, draft in pairs if not code], by=by))
        return [opened[code] if code else next(fresh) for code in codes]

    def _draft(self, row: ImportedRow) -> RiskDraft:
        said = {"measures": row.measures, "contingency": row.contingency, "trigger": row.trigger,
                "notes": row.notes, "strategy": row.strategy}  # fmt: skip
        settled = self.preview.settled[row.row]
        lines = [self.lines[code] for code in row.service_lines]
        importance = row.business_importance
        is_own = importance is not None and importance != usual_importance(lines)
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
            owner_department=settled.department or self.register.department,
            owner=settled.owner,
            owner_note="" if settled.owner else row.owner_text[:200],
            reported_on=row.identified_on,
            next_review_on=row.next_review_on,
            service_lines=lines,
            business_importance=importance,
            importance_reason=self._place(row)[:300] if is_own else "",
            origin=Origin(
                OriginKind.IMPORT,
                row.fingerprint,
                f"{self.run.file.filename} {row.row}"[:300],
                {**row.file, **{key: text for key, text in said.items() if text}},
            ),
        )

    def _scored(self, risk: Risk, row: ImportedRow) -> Imported:
        assert row.inherent and row.residual  # noqa: S101, PT018 - asked by make()
        return Imported(risk, Scores(row.inherent, row.residual), row.is_unlinked, self._place(row))

    def _place(self, row: ImportedRow) -> str:
        return _("As in %(file)s, row %(row)s.") % {"file": self.run.file.filename, "row": row.row}


def _register(run: ImportRun, by: User | None) -> Register:
    found = Register.objects.coded(run.target).first()
    if found:
        return found
    new = run.new_target or {}
    return create_register(
        by=by,
        code=run.target,
        name_zh=new.get("name_zh") or run.target,
        name_en=new.get("name_en", ""),
        department=places_for(run.target, by=by, new=new).department,
    )


def _chunks(rows: list[ImportedRow]) -> Iterator[tuple[int, list[ImportedRow]]]:
    """(How many are done after it, the chunk)."""
    waiting, done = iter(rows), 0
    while chunk := list(islice(waiting, _CHUNK)):
        done += len(chunk)
        yield done, chunk
