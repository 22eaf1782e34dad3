"""Everything that the page of one import shows, read once from its file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.forms.import_mapping import MappingForm
from assessments.import_pages import IS_OVER, progress_in, steps_of, sum_of_rows
from assessments.import_rows import (
    RowWords,
    in_words,
    outcome_tabs,
    rows_in_error,
    rows_with,
)
from assessments.permissions import (
    can_change_import,
    can_confirm_any,
    can_import_register,
    can_read_confirmations,
    may_change_import,
)
from assessments.querysets import runs_visible_to
from assessments.register_import.mapping import MappingError
from assessments.register_import.outline import outline_of
from assessments.services.imports import (
    Preview,
    RowOutcome,
    is_all_there,
    open_questions,
    preview_run,
    row_outcomes,
    stored_outcomes,
    undecided,
    waiting_assessments,
)
from registers.models import Register
from riskhub.files.store import FileDamaged
from riskhub.imports.models import ImportRun, ImportState
from riskhub.web.conflicts import OPENED_FIELD, VERSION_FIELD, Conflict, conflict_between
from riskhub.web.pagination import Page, paginate_list
from riskhub.web.requests import SignedInRequest

ROWS_PER_PAGE = 200


@dataclass(frozen=True)
class LookedAt:
    """`form` is missing where there is nothing to answer: a running import, a damaged file."""

    context: dict[str, Any] = field(default_factory=dict)
    form: MappingForm | None = None


def visible_run(request: SignedInRequest, pk: int) -> ImportRun:
    runs = runs_visible_to(request.user)
    return get_object_or_404(runs.select_related("file", "made_by", "undone_by"), pk=pk)


def look_at(run: ImportRun, request: SignedInRequest, data: QueryDict | None = None) -> LookedAt:
    if run.state == ImportState.APPLYING:
        steps = steps_of(run, None, None, questions=0)
        may_stop = may_change_import(request.user, run)
        return LookedAt({"steps": steps, "progress": progress_in(run), "may_stop": may_stop})
    if run.state == ImportState.DISCARDED:
        return LookedAt({"is_discarded": True})
    told: dict[str, Any] = {}
    try:
        told = _look_back(run, request)
        return _look(run, request, data, told)
    except FileDamaged:
        return _broken(told, _("The stored file is missing or was changed on the disk."), request)
    except MappingError as refusal:
        return _broken(told, str(refusal), request)


def _look(
    run: ImportRun, request: SignedInRequest, data: QueryDict | None, told: dict[str, Any]
) -> LookedAt:
    """`told` are the rows as they became when the file was applied."""
    preview = preview_run(run)
    outline = outline_of(preview.file, preview.mapping) if preview.file else None
    form = MappingForm(
        data, preview=preview, outline=outline, user=request.user,
        initial={VERSION_FIELD: run.row_version},
    )  # fmt: skip
    may_change = can_change_import(request.user, run)
    if not may_change:
        form.disable()
    questions = [in_words(question) for question in open_questions(preview)]
    context = {
        "preview": preview,
        "outline": outline,
        "form": form,
        "may_change": may_change,
        "may_import": can_import_register(request.user),
        "questions": questions,
        "nothing_new": is_all_there(preview) and run.state not in IS_OVER,
        "steps": steps_of(run, preview, outline, questions=len(questions)),
        "refused": in_words(preview.plan.refused) if preview.plan.refused else "",
    }
    rows = {} if told else _look_ahead(run, preview, request)
    return LookedAt(told | context | rows, form)


def _broken(told: dict[str, Any], reason: str, request: SignedInRequest) -> LookedAt:
    """What the rows became stands for itself."""
    facts = {"may_import": can_import_register(request.user)}
    return LookedAt(told | facts | ({} if told else {"broken": reason}))


def _look_back(run: ImportRun, request: SignedInRequest) -> dict[str, Any]:
    """What became of the rows when the file was applied; nothing where that was not kept."""
    rows = stored_outcomes(run)
    if rows is None:
        return {}
    steps = steps_of(run, None, None, questions=0)
    words = RowWords(is_applied=True)
    facts = {"is_as_applied": True, "steps": steps}
    return facts | _rows(rows, words, request) | _result(run, request)


def _look_ahead(run: ImportRun, preview: Preview, request: SignedInRequest) -> dict[str, Any]:
    """What would become of the rows; of a file applied before that was stored, what they are now."""
    is_applied = run.state in IS_OVER
    words = RowWords(undecided=() if is_applied else undecided(preview))
    return _rows(row_outcomes(preview), words, request) | _result(run, request)


def _rows(rows: Sequence[RowOutcome], words: RowWords, request: SignedInRequest) -> dict[str, Any]:
    """One page of rows: only these are put into words."""
    outcome = request.GET.get("outcome", "")
    page = paginate_list(request, rows_with(rows, outcome), per_page=ROWS_PER_PAGE)
    shown = Page([words.show(row) for row in page], page.number, page.count, page.per_page)
    return {
        "page": shown,
        "tabs": outcome_tabs(rows, outcome, is_applied=words.is_applied),
        "error_rows": rows_in_error(rows),
    }


def _result(run: ImportRun, request: SignedInRequest) -> dict[str, Any]:
    """After the import: where the risks are, and what waits for another person."""
    register = Register.objects.coded(run.target).first()
    if run.state not in IS_OVER or register is None:
        return {"register": register}
    found = f"{reverse('registers:risk_list')}?register={register.code}"
    if run.state == ImportState.UNDONE:
        sums = {"sum": sum_of_rows(run.outcomes), "list_url": f"{found}&state=undone"}
        return {"register": register} | sums
    waiting = waiting_assessments(register).visible_to(request.user)
    return {
        "register": register,
        "sum": sum_of_rows(run.outcomes),
        "waiting": waiting.count(),
        "waiting_others": waiting.exclude(assessor=request.user).count(),
        "may_confirm": can_confirm_any(request.user),
        "may_read_waiting": can_read_confirmations(request.user),
        "list_url": found,
    }


def conflict_in(form: MappingForm) -> Conflict:
    """The answers stored meanwhile beside those just sent; saving again is then a decision."""
    stored = {
        name: form.initial.get(name, "")
        for name in form.fields
        if name not in {VERSION_FIELD, OPENED_FIELD}
    }
    return conflict_between(form, stored, form.initial[VERSION_FIELD])
