from django.http import HttpResponse
from django.views.decorators.http import require_safe

from assessments.contingency.cover import plans_of
from assessments.contingency.permissions import can_link_contingency
from assessments.models import ResponsePlan
from assessments.permissions import can_write_plan
from assessments.plans.page import page_of
from assessments.views.fetching import visible_risk
from registers.tabs import risk_head
from riskhub.web.access import signed_in
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_safe
@signed_in
def risk_response(request: SignedInRequest, code: str) -> HttpResponse:
    """The tab of the risk: its living plan, and the plans it had."""
    risk = visible_risk(request, code)
    plans = list(ResponsePlan.objects.filter(risk=risk).for_page().order_by("-pk"))
    living = next((plan for plan in plans if plan.is_live), None)
    context = {
        "risk": risk,
        "head": risk_head(request.user, risk, "response"),
        "former": [plan for plan in plans if plan is not living],
        "ready": plans_of(risk),
        "may_answer": can_link_contingency(request.user, risk),
        "can_write": living is None and can_write_plan(request.user, risk),
    }
    if living:
        living.risk = risk
        context |= page_of(living, request.user)
    return render_page(request, "assessments/risk_response.html", context)
