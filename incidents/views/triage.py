"""A complaint is sorted: category, severity, service line, department, handler."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from incidents.forms.triage import TriageForm, usual_severity
from incidents.models import Complaint
from incidents.services.triage import triage_complaint
from incidents.views.stepping import PAGE_METHODS, back, handled_complaint
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import signed_in
from riskhub.web.conflicts import conflict_of
from riskhub.web.errors import conflict, turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

TEMPLATE = "incidents/complaint_triage.html"


@require_http_methods(PAGE_METHODS)
@signed_in
def complaint_triage(request: SignedInRequest, code: str) -> HttpResponse:
    """Somebody sorted it in between: 409, both choices, and what was chosen stays in the form."""
    complaint = handled_complaint(request, code)
    if complaint.is_over:
        return turned_away(request, str(WrongState(complaint, complaint.state)), complaint)
    form = TriageForm(request.POST or None, instance=copy(complaint))
    if request.method == "POST" and form.is_valid():
        version, changes = form.cleaned_data["row_version"], form.changes()
        try:
            stored = triage_complaint(complaint, by=request.user, version=version, **changes)
        except StaleVersion as stale:
            found = conflict_of(form, stale.current)
            context = {"complaint": complaint, "form": found.form, "conflict": found}
            return render_page(request, TEMPLATE, context, status=409)
        except WrongState as refusal:
            return conflict(request, str(refusal))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return _sorted(request, stored)
    return render_page(request, TEMPLATE, {"complaint": complaint, "form": form})


def _sorted(request: SignedInRequest, stored: Complaint) -> HttpResponse:
    if usual := usual_severity(stored):
        messages.info(request, usual)
    return back(request, stored, _("%(code)s is sorted."))
