"""An import of records is taken back: with a reason, and only as a whole."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from incidents.permissions import can_import_records, can_undo_record_import
from incidents.records.kinds import kind_of_run
from incidents.records.outcomes import CREATE
from incidents.records.runs import record_runs_visible_to
from incidents.services.record_undoing import WorkedOn, undo_records, worked_on
from registers.forms.risks import ReasonForm
from riskhub.audit.transitions import WrongState
from riskhub.files.store import FileDamaged
from riskhub.imports.models import ImportRun
from riskhub.web.access import require, signed_in
from riskhub.web.rendering import UNPROCESSABLE, render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]
DETAIL = "incidents:record_import_detail"


@require_http_methods(PAGE_METHODS)
@signed_in
def record_import_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was worked on since stands on the page, so that nobody writes a reason for nothing."""
    run = get_object_or_404(record_runs_visible_to(request.user), pk=pk)
    require(can_import_records(request.user))
    if not can_undo_record_import(request.user, run):
        messages.error(request, _("Only an import that was applied can be undone."))
        return redirect(DETAIL, run.pk)
    form = ReasonForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            count = undo_records(run, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _told(count))
            return redirect(DETAIL, run.pk)
        return _show(request, run, form, worked_on(run))
    except WorkedOn as refusal:
        return _show(request, run, form, refusal.codes, status=UNPROCESSABLE)
    except WrongState as refusal:
        messages.error(request, str(refusal))
    except FileDamaged:
        messages.error(request, _("The stored file is missing or was changed on the disk."))
    return redirect(DETAIL, run.pk)


def _show(
    request: SignedInRequest,
    run: ImportRun,
    form: ReasonForm,
    codes: list[str],
    *,
    status: int | None = None,
) -> HttpResponse:
    context = {
        "run": run, "kind": kind_of_run(run.kind), "form": form, "codes": codes,
        "count": run.outcomes[CREATE],
    }  # fmt: skip
    return render_page(request, "incidents/record_import_undo.html", context, status=status)


def _told(count: int) -> str:
    words = ngettext(
        "The import is undone: %(count)d record is taken back.",
        "The import is undone: %(count)d records are taken back.",
        count,
    )
    return words % {"count": count}
