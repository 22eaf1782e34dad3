"""An import is taken back: with a reason, and only as a whole."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments.permissions import can_undo_import, may_undo_import
from assessments.services.imports import (
    CannotImport,
    made_by,
    touched_since,
    undo_import,
    undoing_objection,
)
from assessments.views.fetching import PAGE_METHODS
from assessments.views.import_page import visible_run
from registers.forms.risks import ReasonForm
from registers.touches import Touched
from riskhub.accounts.models import User
from riskhub.audit.transitions import WrongState
from riskhub.imports.models import ImportRun
from riskhub.web.access import require, signed_in
from riskhub.web.rendering import UNPROCESSABLE, render_page
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@signed_in
def import_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was touched since stands on the page, so that nobody writes a reason for nothing."""
    run = visible_run(request, pk)
    require(may_undo_import(request.user, run))
    if not can_undo_import(request.user, run):
        messages.error(request, _("Only an import that was applied can be undone."))
        return redirect("assessments:import_detail", run.pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            risks = undo_import(run, by=request.user, reason=form.cleaned_data["reason"])
        except Touched as refusal:
            return _show(request, run, form, refusal.reasons, status=UNPROCESSABLE)
        except CannotImport as refusal:
            return _show(request, run, form, [str(refusal)], status=UNPROCESSABLE)
        except WrongState as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _told(len(risks)))
        return redirect("assessments:import_detail", run.pk)
    return _show(request, run, form, _obstacles(run, request.user))


def _show(
    request: SignedInRequest,
    run: ImportRun,
    form: ReasonForm,
    obstacles: list[str],
    *,
    status: int | None = None,
) -> HttpResponse:
    context = {"run": run, "form": form, "obstacles": obstacles, "count": made_by(run).count()}
    return render_page(request, "assessments/import_undo.html", context, status=status)


def _obstacles(run: ImportRun, user: User) -> list[str]:
    if objection := undoing_objection(run, by=user):
        return [objection]
    return touched_since(run)


def _told(count: int) -> str:
    words = ngettext(
        "The import is undone: %(count)d risk is taken back.",
        "The import is undone: %(count)d risks are taken back.",
        count,
    )
    return words % {"count": count}
