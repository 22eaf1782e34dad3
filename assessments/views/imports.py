"""A register from a file: upload, answer what it leaves open, see what would happen, import."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.forms.import_mapping import MappingForm
from assessments.forms.imports import ImportForm, VersionForm
from assessments.import_pages import IS_OVER, STATE_MARKS
from assessments.mapping_words import recalled_in_words
from assessments.permissions import (
    can_change_import,
    can_discard_import,
    can_import_into,
    can_import_register,
    can_read_imports,
    can_undo_import,
    may_change_import,
    may_discard_import,
)
from assessments.querysets import mappings_visible_to, runs_visible_to
from assessments.register_import.mapping import MappingError
from assessments.services.imports import (
    CannotImport,
    discard_import,
    forget_mapping,
    save_mapping,
    start_import,
    stop_import,
    upload_register,
)
from assessments.views.fetching import PAGE_METHODS
from assessments.views.import_page import LookedAt, conflict_in, look_at, visible_run
from registers.models import Register
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.files.store import FileDamaged
from riskhub.imports.models import ImportRun, ImportState
from riskhub.imports.sentences import FileRefusedError
from riskhub.web.access import permitted, require, signed_in
from riskhub.web.pagination import paginate
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest, wants_part

PAGE = "assessments/import_detail.html"


@require_safe
@permitted(can_read_imports)
def import_list(request: SignedInRequest) -> HttpResponse:
    """The files for the registers that one keeps, whoever brought them; the auditor sees all.

    Those that somebody discarded are shown apart.
    """
    runs = runs_visible_to(request.user).select_related("file", "made_by")
    is_discarded = request.GET.get("state") == ImportState.DISCARDED
    page = paginate(request, runs.discarded(is_discarded=is_discarded).order_by("-pk"))
    context = {
        "is_discarded": is_discarded,
        "discarded": runs.discarded().count(),
        "page": page,
        "rows": [(run, STATE_MARKS[ImportState(run.state)]) for run in page],
        "may_import": can_import_register(request.user),
        "kept": mappings_visible_to(request.user).count(),
    }
    return render_page(request, "assessments/import_list.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_import_register)
def import_create(request: SignedInRequest, code: str = "") -> HttpResponse:
    """A file that is no table is refused here, and nothing of it is kept."""
    register = None
    if code:
        visible = Register.objects.visible_to(request.user).select_related("department")
        register = get_object_or_404(visible.coded(code))
        require(can_import_into(request.user, register.department))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, user=request.user, initial={"register": register})
    if sent and form.is_valid():
        try:
            run = upload_register(by=request.user, **form.upload)
        except (CannotImport, FileRefusedError) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("assessments:import_detail", run.pk)
    if sent and not wants_part(request):
        form.ask_file_again()
    return render_page(request, "assessments/import_create.html", {"form": form, "code": code})


@require_http_methods(PAGE_METHODS)
@signed_in
def import_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """All steps on one page; while it is imported only the progress."""
    run = visible_run(request, pk)
    if request.method == "POST":
        return _answer(request, run)
    if run.state != ImportState.APPLYING and request.htmx.target == "import-progress":
        return redirect("assessments:import_detail", run.pk)
    return _show(request, run, look_at(run, request))


@require_POST
@signed_in
def import_start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Imports what the page showed: with other answers in between it is 409."""
    run = visible_run(request, pk)
    require(may_change_import(request.user, run))
    form = VersionForm(request.POST)
    try:
        start_import(run, by=request.user, version=form.version)
    except (CannotImport, MappingError, WrongState) as refusal:
        messages.error(request, str(refusal))
    except FileDamaged:
        messages.error(request, _("The stored file is missing. Upload it again."))
    return redirect("assessments:import_detail", run.pk)


@require_POST
@signed_in
def import_suggest(request: SignedInRequest, pk: int) -> HttpResponse:
    """Without the answers of the last such file: all is suggested and asked anew."""
    run = visible_run(request, pk)
    require(may_change_import(request.user, run))
    form = VersionForm(request.POST)
    try:
        forget_mapping(run, by=request.user, version=form.version)
    except WrongState as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The columns are suggested anew."))
    return redirect("assessments:import_detail", run.pk)


@require_POST
@signed_in
def import_stop(request: SignedInRequest, pk: int) -> HttpResponse:
    run = visible_run(request, pk)
    require(may_change_import(request.user, run))
    try:
        stop_import(run, by=request.user)
    except WrongState as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Stopped. Nothing was imported."))
    return redirect("assessments:import_detail", run.pk)


@require_POST
@signed_in
def import_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Of what the page showed: with other answers in between it is 409."""
    run = visible_run(request, pk)
    require(may_discard_import(request.user, run))
    form = VersionForm(request.POST)
    try:
        discard_import(run, by=request.user, version=form.version)
    except WrongState as refusal:
        messages.error(request, str(refusal))
        return redirect("assessments:import_detail", run.pk)
    said = _("Discarded: %(file)s. Nothing was imported.") % {"file": run.file.filename}
    messages.success(request, said)
    return redirect("assessments:import_list")


def _answer(request: SignedInRequest, run: ImportRun) -> HttpResponse:
    """Keep the answers; what cannot be used comes back with the reason."""
    require(may_change_import(request.user, run))
    if not can_change_import(request.user, run):
        is_gone = run.state == ImportState.DISCARDED
        gone, busy = _("This file was discarded."), _("This file is already being imported.")
        messages.error(request, gone if is_gone else busy)
        return redirect("assessments:import_detail", run.pk)
    looked = look_at(run, request, data=request.POST)
    form = looked.form
    if form and form.is_valid():
        version = form.cleaned_data["row_version"]
        try:
            save_mapping(run, by=request.user, version=version, mapping=form.mapping)
        except MappingError as refusal:
            form.add_error(None, str(refusal))
        except StaleVersion:
            return _stale(request, run)
        else:
            messages.success(request, _told(form))
            return redirect("assessments:import_detail", run.pk)
    return _show(request, run, looked)


def _stale(request: SignedInRequest, run: ImportRun) -> HttpResponse:
    run.refresh_from_db()
    looked = look_at(run, request, data=request.POST)
    conflict = conflict_in(looked.form) if looked.form else None
    looked.context["conflict"] = conflict
    return _show(request, run, looked, status=409)


def _show(
    request: SignedInRequest, run: ImportRun, looked: LookedAt, *, status: int | None = None
) -> HttpResponse:
    facts = {
        "run": run,
        "is_over": run.state in IS_OVER,
        "recalled": recalled_in_words(run),
        "may_discard": can_discard_import(request.user, run),
        "may_undo": can_undo_import(request.user, run),
    }
    return render_page(request, PAGE, looked.context | facts, status=status)


def _told(form: MappingForm) -> str:
    if form.is_other_table:
        return _("Another table: its columns are suggested anew.")
    return _("Saved and checked.")
