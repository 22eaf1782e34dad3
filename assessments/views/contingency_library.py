from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments.contingency.permissions import can_create_contingency
from assessments.forms.contingency_library import AdoptContingencyForm
from assessments.models import ContingencyPlan, LibraryContingencyPlan
from assessments.services import adopt_contingency_plans, adopted_contingency_plans
from riskhub.web.access import require, signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def contingency_adopt(request: SignedInRequest) -> HttpResponse:
    """The starter plans; ticked ones are adopted as drafts, those that are there are passed over."""
    may_adopt = can_create_contingency(request.user)
    form = AdoptContingencyForm(request.POST or None, user=request.user)
    if request.method == "POST":
        require(may_adopt)
        if form.is_valid():
            return _adopt(request, form)
    entries = list(LibraryContingencyPlan.objects.all())
    adopted = adopted_contingency_plans(entry.code for entry in entries)
    visible = ContingencyPlan.objects.visible_to(request.user)
    seen = set(visible.values_list("pk", flat=True))
    context = {
        "entries": [
            (entry, plan, plan is not None and plan.pk in seen)
            for entry in entries
            for plan in [adopted.get(entry.code)]
        ],
        "form": form,
        "chosen": form["entries"].value() or [],
        "may_adopt": may_adopt,
    }
    return render_page(request, "assessments/contingency_adopt.html", context)


def _adopt(request: SignedInRequest, form: AdoptContingencyForm) -> HttpResponse:
    entries = form.cleaned_data["entries"]
    made = adopt_contingency_plans(
        entries, by=request.user, department=form.cleaned_data["department"]
    )
    words = ngettext("%(count)d plan adopted.", "%(count)d plans adopted.", len(made))
    said = words % {"count": len(made)}
    if known := len(entries) - len(made):
        words = ngettext("%(count)d was there already.", "%(count)d were there already.", known)
        said += " " + words % {"count": known}
    messages.success(request, said)
    return redirect("assessments:contingency_list")
