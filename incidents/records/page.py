"""What the pages of an import of records show, read once from its file."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.import_pages import STATE_MARKS
from assessments.import_rows import APPLIED_WORDS, OUTCOME_MARKS, OUTCOME_WORDS, Tab
from incidents.choices import Channel
from incidents.forms.records import RecordMappingForm
from incidents.models import IncidentKind, Severity
from incidents.permissions import can_answer_record_import, can_undo_record_import
from incidents.records.kinds import RecordKind, kind_of_run
from incidents.records.outcomes import CREATE, OUTCOMES, RecordOutcome, count_outcomes
from incidents.services.record_runs import preview_records, stored_records
from registers.models import ServiceLine
from riskhub.accounts.models import Department
from riskhub.files.store import FileDamaged
from riskhub.imports.models import ImportRun, ImportState
from riskhub.imports.sentences import FileRefusedError, join_sentences
from riskhub.web.pagination import Page, paginate_list
from riskhub.web.requests import SignedInRequest

ROWS_PER_PAGE = 100
_ASKED = (ImportState.UPLOADED, ImportState.FAILED)


def run_rows(runs: Iterable[ImportRun]) -> list[tuple[ImportRun, str, RecordKind]]:
    return [(run, STATE_MARKS[ImportState(run.state)], kind_of_run(run.kind)) for run in runs]


def page_of(run: ImportRun, request: SignedInRequest, data: QueryDict | None) -> dict[str, Any]:
    """While it is written nothing is known; the file of one that is over is not read again."""
    kind = kind_of_run(run.kind)
    context: dict[str, Any] = {
        "run": run, "kind": kind, "mark": STATE_MARKS[ImportState(run.state)],
        "may_change": can_answer_record_import(request.user, run),
        "may_undo": can_undo_record_import(request.user, run),
    }  # fmt: skip
    try:
        if run.state in _ASKED:
            return context | _ahead(run, kind, request, data)
        if run.state == ImportState.APPLIED:
            return context | _rows(stored_records(run), request, is_applied=True)
    except FileDamaged:
        return context | {"broken": _("The stored file is missing or was changed on the disk.")}
    except FileRefusedError as refusal:
        return context | {"broken": str(refusal)}
    return context


def _ahead(
    run: ImportRun, kind: RecordKind, request: SignedInRequest, data: QueryDict | None
) -> dict[str, Any]:
    preview = preview_records(run)
    initial = {"row_version": run.row_version, "order": preview.answers.order}
    form = RecordMappingForm(data, kind=kind, preview=preview, lists=_lists(), initial=initial)
    return {"form": form} | _rows(preview.outcomes, request, is_applied=False)


def _rows(
    outcomes: Sequence[RecordOutcome], request: SignedInRequest, *, is_applied: bool
) -> dict[str, Any]:
    asked = request.GET.get("outcome", "")
    shown = [one for one in outcomes if asked in ("", one.outcome)]
    page = paginate_list(request, shown, per_page=ROWS_PER_PAGE)
    words = APPLIED_WORDS if is_applied else OUTCOME_WORDS
    rows = [
        (one, OUTCOME_MARKS[one.outcome], words[one.outcome], join_sentences(one.messages))
        for one in page
    ]
    counts = count_outcomes(outcomes)
    tabs = [Tab(_("All"), len(outcomes), "", asked == "")] + [
        Tab(str(words[word]), counts[word], f"?outcome={word}", asked == word) for word in OUTCOMES
    ]
    return {
        "page": Page(rows, page.number, page.count, page.per_page), "tabs": tabs,
        "is_applied": is_applied, "fresh": counts[CREATE],
    }  # fmt: skip


def _lists() -> dict[str, list[tuple[str, str]]]:
    """What may be said once for all records of a file."""
    lines = ServiceLine.objects.filter(is_active=True)
    departments = Department.objects.filter(is_active=True)
    return {
        "channel": [(word, str(words)) for word, words in Channel.choices],
        "kind": [(one.code, one.name) for one in IncidentKind.objects.all()],
        "severity": [(one.code, str(one)) for one in Severity.objects.all()],
        "service_line": [(one.code, one.name) for one in lines],
        "department": [(one.code, one.name) for one in departments],
    }
