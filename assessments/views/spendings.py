"""What of a granted resource was used."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.forms.decisions import SpendingForm
from assessments.models import ResourceLine, ResponsePlan
from assessments.permissions import can_spend, may_spend
from assessments.plans.resources import Budget, budgets_of
from assessments.plans.words import exact_words, unit_words
from assessments.services import record_spending
from assessments.views.fetching import PAGE_METHODS, visible_resource
from riskhub.web.access import require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.forms import take_refusal
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@signed_in
def spending_create(request: SignedInRequest, key: int) -> HttpResponse:
    """One entry for one resource of the version in force, with what was entered before."""
    line = visible_resource(request, key)
    plan = line.version.plan
    require(may_spend(request.user, plan))
    if not can_spend(request.user, plan) or line.version_id != plan.in_force_id:
        words = _("This version is not in force any more. Enter it under the one that is.")
        return turned_away(request, words, "assessments:plan_detail", plan.code)
    shown = {"spent_on": timezone.localdate(), "client_uuid": uuid4()}
    form = SpendingForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            record_spending(plan, by=request.user, key=line.key, **form.cleaned_data)
        except ValidationError as refusal:
            take_refusal(form, refusal)
        else:
            messages.success(request, _told(plan, line))
            return redirect("assessments:plan_detail", plan.code)
    form.name_unit(unit_words(line.kind, line.unit))
    context = {"plan": plan, "risk": plan.risk, "budget": _budget(plan, line), "form": form}
    return render_page(request, "assessments/spending_create.html", context)


def _budget(plan: ResponsePlan, line: ResourceLine) -> Budget:
    return next(one for one in budgets_of(plan) if one.line.pk == line.pk)


def _told(plan: ResponsePlan, line: ResourceLine) -> str:
    """More than is granted may be used, and whoever enters it reads that it is more."""
    excess = _budget(plan, line).excess
    if not excess:
        return _("Entered: %(what)s") % {"what": line.what}
    words = _("Entered: %(what)s. In all that is %(more)s more than is granted.")
    return words % {"what": line.what, "more": exact_words(line.kind, excess, line.unit)}
