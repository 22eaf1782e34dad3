"""The editions of the matrix: the list, one of them, and how a draft begins and is edited."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.choices import EDITED_SCHEME_STATES, SchemeState
from assessments.decided import scheme_saved
from assessments.forms.scheme_fields import with_preset
from assessments.forms.scheme_starts import StartForm
from assessments.forms.schemes import SchemeForm
from assessments.models import MatrixScheme
from assessments.plans.words import short_hash
from assessments.schemes.content import SchemeContent
from assessments.schemes.history import history_of
from assessments.schemes.page import Judged, changes_under, differences
from assessments.schemes.permissions import (
    can_decide_schemes,
    can_edit_scheme,
    can_edit_schemes,
    can_read_schemes,
)
from assessments.schemes.presets import preset, presets
from assessments.schemes.rows import content_of
from assessments.services.schemes import save_scheme, start_scheme
from assessments.views.fetching import PAGE_METHODS
from registers.choices import Level
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.entry.repeats import KeyReused
from riskhub.web.access import permitted
from riskhub.web.conflicts import Conflict, conflict_between
from riskhub.web.errors import conflict, turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@permitted(can_read_schemes)
def scheme_list(request: SignedInRequest) -> HttpResponse:
    """The newest first; one of them is in force."""
    schemes = MatrixScheme.objects.for_list()
    context = {"schemes": schemes, "may_edit": can_edit_schemes(request.user)}
    return render_page(request, "assessments/scheme_list.html", context)


@require_safe
@permitted(can_read_schemes)
def scheme_detail(request: SignedInRequest, number: int) -> HttpResponse:
    """Its map and scales, what the checks say, what it would change, and how it came to this."""
    scheme = scheme_of(number)
    context = context_of(request, scheme) | {
        "can_edit": can_edit_scheme(request.user, scheme),
        "may_edit": can_edit_schemes(request.user),
        "can_decide": scheme.state == "submitted" and can_decide_schemes(request.user),
    }
    return render_page(request, "assessments/scheme_detail.html", context)


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_schemes)
def scheme_create(request: SignedInRequest) -> HttpResponse:
    """A draft begins as the matrix in force, or with the cells of one that ships."""
    form = StartForm(
        request.POST if request.method == "POST" else None, initial={"client_uuid": uuid4()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            scheme = start_scheme(
                form.content, by=request.user, client_uuid=form.cleaned_data["client_uuid"]
            )
        except KeyReused:
            return conflict(request, _("This form was sent already. Load the page again."))
        return redirect("assessments:scheme_edit", scheme.number)
    return render_page(request, "assessments/scheme_create.html", {"form": form})


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_schemes)
def scheme_edit(request: SignedInRequest, number: int) -> HttpResponse:
    """Kept as a draft whatever the checks say; a preview and a preset keep nothing."""
    scheme = scheme_of(number)
    if scheme.state not in EDITED_SCHEME_STATES:
        return _turned_away(request, scheme)
    content = content_of(scheme)
    form = _open(request, scheme, content)
    context: dict[str, Any] = {}
    if _is_sent(request) and form.is_valid():
        version = form.cleaned_data["row_version"]
        try:
            kept = save_scheme(scheme, by=request.user, content=form.content, version=version)
        except StaleVersion:
            scheme = scheme_of(number)
            content = content_of(scheme)
            form, context["conflict"] = _both(request, scheme, content)
        except WrongState as refusal:
            return conflict(request, str(refusal))
        else:
            messages.success(request, _("%(matrix)s is kept as a draft.") % {"matrix": kept.code})
            return redirect("assessments:scheme_detail", kept.number)
    context |= {
        "scheme": scheme,
        "form": form,
        "levels": Level.values,
        "presets": [(one.code, one.name) for one in presets().values()],
    } | _judged(request, form, content)
    status = 409 if "conflict" in context else None
    return render_page(request, "assessments/scheme_edit.html", context, status=status)


def scheme_of(number: int) -> MatrixScheme:
    return get_object_or_404(MatrixScheme.objects.for_page(), number=number)


def context_of(request: SignedInRequest, scheme: MatrixScheme) -> dict[str, Any]:
    """What every page of one matrix shows."""
    content = content_of(scheme)
    return {
        "scheme": scheme,
        "content": content,
        "judged": Judged(content),
        "changes": changes_under(request.user, content),
        "differences": differences(content),
        "history": history_of(scheme),
        "short_hash": short_hash(scheme.content_hash),
    }


def _open(request: SignedInRequest, scheme: MatrixScheme, content: SchemeContent) -> SchemeForm:
    """As stored, as sent, or as sent with the cells of a preset, which nobody judges yet."""
    data: QueryDict | None = request.POST if request.method == "POST" else None
    if data is not None and "take" in data:
        try:
            data = with_preset(data, preset(str(data["take"])))
        except KeyError:
            raise Http404 from None
    return SchemeForm(
        data, content=content, row_version=scheme.row_version, is_quiet=not _is_sent(request)
    )


def _both(
    request: SignedInRequest, scheme: MatrixScheme, content: SchemeContent
) -> tuple[SchemeForm, Conflict]:
    """What was sent over what is stored now, read anew, so that the checks are of what it shows."""
    sent = _open(request, scheme, content)
    found = conflict_between(
        sent, sent.fields_of(content), scheme.row_version,
        rows=[[field.name for field in row] for row in sent.floor_rows],
    )  # fmt: skip
    form = SchemeForm(found.form.data, content=content, is_quiet=True)
    return form, replace(found, form=form, **vars(scheme_saved(scheme, request.user)))


def _judged(request: SignedInRequest, form: SchemeForm, content: SchemeContent) -> dict[str, Any]:
    """Of what stands in the form; where that cannot be read, there is nothing to check."""
    if form.is_bound:
        if not form.is_right():
            return {"judged": None, "changes": None}
        content = form.content
    return {
        "judged": Judged(content),
        "changes": changes_under(request.user, content),
        "differences": differences(content),
    }


def _is_sent(request: SignedInRequest) -> bool:
    return request.method == "POST" and not {"preview", "take"} & request.POST.keys()


def _turned_away(request: SignedInRequest, scheme: MatrixScheme) -> HttpResponse:
    """To the page that can take it back. A preview gets no answer: it may arrive after its save."""
    if "preview" in request.POST:
        return HttpResponse(status=204)
    words = _("Only a draft is edited. Start a new one.")
    if scheme.state == SchemeState.SUBMITTED:
        words = _("%(matrix)s waits for a decision. Take it back to edit, then change it.")
        words %= {"matrix": scheme.code}
    return turned_away(request, words, "assessments:scheme_detail", scheme.number)
