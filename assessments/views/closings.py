"""End a plan that is carried out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.forms.decisions import CloseForm
from assessments.models import ResponsePlan
from assessments.permissions import can_close_plan, may_answer_for
from assessments.services import NotReached, close_plan, missing_to_close
from assessments.views.fetching import PAGE_METHODS, visible_plan
from riskhub.audit.transitions import WrongState
from riskhub.audit.versions import StaleVersion
from riskhub.web.access import require, signed_in
from riskhub.web.errors import conflict, turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@signed_in
def plan_close(request: SignedInRequest, code: str) -> HttpResponse:
    """What is missing, or one button."""
    plan = visible_plan(request, code)
    require(may_answer_for(request.user, plan.risk.owner_department_id))
    if not can_close_plan(request.user, plan):
        return turned_away(request, _why_not(plan), "assessments:plan_detail", plan.code)
    form, status = CloseForm(request.POST or None, initial={"row_version": plan.row_version}), None
    if request.method == "POST" and form.is_valid():
        try:
            close_plan(plan, by=request.user, version=form.cleaned_data["row_version"])
        except NotReached:
            status = 409
        except (StaleVersion, WrongState):
            return conflict(request, _("The plan was changed meanwhile. Look at it, then decide."))
        else:
            messages.success(request, _("%(plan)s is closed.") % {"plan": plan.code})
            return redirect(plan.risk)
    context = {"plan": plan, "risk": plan.risk, "form": form, "missing": missing_to_close(plan)}
    return render_page(request, "assessments/plan_close.html", context, status=status)


def _why_not(plan: ResponsePlan) -> str:
    head, in_force = plan.head, plan.in_force
    if head and in_force and head.number != in_force.number and plan.is_live:
        words = _("Version %(number)d is not decided yet: let it be decided, or give it up first.")
        return words % {"number": head.number}
    return _("Only a plan whose actions are all done is closed.")
