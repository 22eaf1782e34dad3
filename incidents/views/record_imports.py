"""Records from a file: upload, say what its columns are, see what would become of each row, import."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.forms.imports import VersionForm
from incidents.forms.records import RecordFileForm, RecordMappingForm
from incidents.permissions import (
    can_answer_record_import,
    can_import_records,
    can_read_record_imports,
)
from incidents.records.kinds import COMPLAINTS
from incidents.records.page import page_of, run_rows
from incidents.records.runs import record_runs_visible_to
from incidents.services.record_runs import (
    discard_records,
    save_record_mapping,
    start_records,
    upload_records,
)
from riskhub.audit.transitions import WrongState
from riskhub.imports.models import ImportRun, ImportState
from riskhub.imports.sentences import FileRefusedError
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest, wants_part

PAGE_METHODS = ["GET", "HEAD", "POST"]
LIST, DETAIL = "incidents:record_import_list", "incidents:record_import_detail"


@require_safe
@permitted(can_read_record_imports)
def record_import_list(request: SignedInRequest) -> HttpResponse:
    """The files of records, whoever brought them, the newest first."""
    page = paginate(request, record_runs_visible_to(request.user).order_by("-pk"))
    context = {
        "page": page, "rows": run_rows(page), "may_import": can_import_records(request.user),
    }  # fmt: skip
    return render_page(request, "incidents/record_import_list.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_import_records)
def record_import_create(request: SignedInRequest) -> HttpResponse:
    """A file that is no table is refused here, and nothing of it is kept."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RecordFileForm(*sent, initial={"kind": request.GET.get("kind", COMPLAINTS)})
    if sent and form.is_valid():
        try:
            run = upload_records(by=request.user, **form.upload)
        except FileRefusedError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(DETAIL, run.pk)
    if sent and not wants_part(request):
        form.ask_file_again()
    return render_page(request, "incidents/record_import_create.html", {"form": form})


@require_http_methods(PAGE_METHODS)
@signed_in
def record_import_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What would become of each row, or what became of it; posted, what the columns are."""
    run = _run(request, pk)
    if request.method == "POST":
        require(can_answer_record_import(request.user, run))
    if run.state != ImportState.APPLYING and request.htmx.target == "record-progress":
        return redirect(DETAIL, run.pk)
    context = page_of(run, request, request.POST or None)
    form: Any = context.get("form")
    if request.method == "POST" and isinstance(form, RecordMappingForm) and form.is_valid():
        version = form.cleaned_data["row_version"]
        save_record_mapping(run, by=request.user, version=version, mapping=form.mapping)
        messages.success(request, _("Saved and checked."))
        return redirect(DETAIL, run.pk)
    return render_page(request, "incidents/record_import_detail.html", context)


@require_POST
@signed_in
def record_import_start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Imports what the page showed: with other answers in between it is 409."""
    run = _run(request, pk)
    require(can_import_records(request.user))
    version = VersionForm(request.POST).version
    try:
        start_records(run, by=request.user, version=version)
    except WrongState as refusal:
        messages.error(request, str(refusal))
    return redirect(DETAIL, run.pk)


@require_POST
@signed_in
def record_import_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nobody reads the file again."""
    run = _run(request, pk)
    require(can_import_records(request.user))
    version = VersionForm(request.POST).version
    try:
        discard_records(run, by=request.user, version=version)
    except WrongState as refusal:
        messages.error(request, str(refusal))
        return redirect(DETAIL, run.pk)
    said = _("Discarded: %(file)s. Nothing was imported.") % {"file": run.file.filename}
    messages.success(request, said)
    return redirect(LIST)


def _run(request: SignedInRequest, pk: int) -> ImportRun:
    return get_object_or_404(record_runs_visible_to(request.user), pk=pk)
