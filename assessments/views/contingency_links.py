"""Which contingency plan answers which risk, from either side."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.contingency.permissions import may_link_contingency
from assessments.forms.contingency_links import LinkAnsweredForm, LinkContingencyForm
from assessments.models import ContingencyPlan, ContingencyRisk
from assessments.services import link_contingency, unlink_contingency
from assessments.views.contingency import visible_contingency
from assessments.views.fetching import visible_risk
from registers.closing import NotOpen
from registers.control_page import linkable_risks
from registers.models import Risk
from riskhub.web.access import require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_METHODS)
@signed_in
def contingency_link(request: SignedInRequest, code: str) -> HttpResponse:
    """From the page of the plan: a risk for it."""
    plan = visible_contingency(request, code)
    risks = linkable_risks(request.user)
    require(risks.exists())
    if plan.state == "retired":
        return turned_away(request, _("This plan is retired already."), plan)
    form = LinkAnsweredForm(request.POST or None, risks=risks)
    if request.method == "POST" and form.is_valid():
        link_contingency(plan, form.cleaned_data["risk"], by=request.user)
        _tell(request, plan, form.cleaned_data["risk"])
        return redirect(plan)
    context = {"plan": plan, "form": form}
    return render_page(request, "assessments/contingency_link.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def risk_contingency(request: SignedInRequest, code: str) -> HttpResponse:
    """From the page of the risk: a plan for it."""
    risk = visible_risk(request, code)
    require(may_link_contingency(request.user, risk))
    if not risk.is_open:
        words = _("%(code)s is closed. Open it again to change it.") % {"code": risk.code}
        return turned_away(request, words, risk)
    linked = ContingencyRisk.objects.filter(risk=risk).values("plan")
    plans = ContingencyPlan.objects.visible_to(request.user).not_retired().exclude(pk__in=linked)
    form = LinkContingencyForm(request.POST or None, plans=plans.order_by("number"))
    if request.method == "POST" and form.is_valid():
        link_contingency(form.cleaned_data["plan"], risk, by=request.user)
        _tell(request, form.cleaned_data["plan"], risk)
        return redirect("assessments:risk_response", risk.code)
    context = {"risk": risk, "form": form, "has_any": plans.exists()}
    return render_page(request, "assessments/risk_contingency.html", context)


@require_POST
@signed_in
def contingency_unlink(request: SignedInRequest, key: int) -> HttpResponse:
    """It answers this risk no longer."""
    links = ContingencyRisk.objects.filter(
        risk__in=Risk.objects.visible_to(request.user),
        plan__in=ContingencyPlan.objects.visible_to(request.user),
    )
    link = get_object_or_404(links.select_related("risk", "plan"), pk=key)
    require(may_link_contingency(request.user, link.risk))
    try:
        unlink_contingency(link, by=request.user)
    except NotOpen as refusal:
        return turned_away(request, str(refusal), link.plan)
    words = _("%(plan)s answers %(risk)s no longer.")
    messages.success(request, words % {"plan": link.plan.code, "risk": link.risk.code})
    if request.POST.get("back") == "plan":
        return redirect(link.plan)
    return redirect("assessments:risk_response", link.risk.code)


def _tell(request: SignedInRequest, plan: ContingencyPlan, risk: Risk) -> None:
    words = _("%(plan)s answers %(risk)s from now on.")
    messages.success(request, words % {"plan": plan.code, "risk": risk.code})
