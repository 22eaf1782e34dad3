"""A matrix as a file: brought in as a draft, and taken out."""

import json
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.forms.scheme_files import SchemeFileForm
from assessments.schemes.in_force import scheme_in_force
from assessments.schemes.permissions import can_edit_schemes, can_read_schemes
from assessments.schemes.rows import content_of
from assessments.services.schemes import start_scheme
from assessments.views.fetching import PAGE_METHODS
from assessments.views.schemes import scheme_of
from riskhub.entry.repeats import KeyReused
from riskhub.web.access import permitted
from riskhub.web.errors import conflict
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@permitted(can_edit_schemes)
def scheme_import(request: SignedInRequest) -> HttpResponse:
    """Four levels load at once, others are mapped first; what is no 5x5 grid is refused with the reason."""
    if request.method == "POST":
        form = SchemeFileForm(request.POST, request.FILES)
        if form.is_valid() and form.is_settled:
            try:
                scheme = start_scheme(
                    form.content(content_of(scheme_in_force())),
                    by=request.user,
                    client_uuid=form.cleaned_data["client_uuid"],
                )
            except KeyReused:
                return conflict(request, _("This form was sent already. Load the page again."))
            return redirect("assessments:scheme_edit", scheme.number)
    else:
        form = SchemeFileForm(initial={"client_uuid": uuid4()})
    return render_page(request, "assessments/scheme_import.html", {"form": form})


@require_safe
@permitted(can_read_schemes)
def scheme_export(request: SignedInRequest, number: int) -> HttpResponse:  # noqa: ARG001 - a view
    """In our own format, which `scheme_import` reads back to the same matrix."""
    scheme = scheme_of(number)
    text = json.dumps(content_of(scheme).as_json(), ensure_ascii=False, indent=1)
    response = HttpResponse(text + "\n", content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="matrix-{scheme.code}.json"'
    return response
