"""How long contacts and files are kept."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from incidents.complaints.retention import KEYS
from incidents.forms.retention import RetentionForm
from incidents.permissions import can_edit_severities
from incidents.services.retention import set_retention
from riskhub.company.preferences import preferences
from riskhub.web.access import permitted
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(can_edit_severities)
def retention_edit(request: SignedInRequest) -> HttpResponse:
    form = RetentionForm(request.POST or None, initial=preferences(*KEYS))
    if request.method == "POST" and form.is_valid():
        try:
            set_retention(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("incidents:severity_list")
    return render_page(request, "incidents/retention_edit.html", {"form": form})
