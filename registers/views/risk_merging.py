"""Two risks turn out to be one: the other one goes on, and this one's number leads to it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registers.alike import risks_like
from registers.closing import NotOpen, closing_blockers
from registers.forms.merging import RiskMergeForm
from registers.forms.risks import take_errors
from registers.models import Risk
from registers.permissions import can_manage_department
from registers.services import CannotClose, merge_risk
from riskhub.audit.transitions import WrongState
from riskhub.web.access import require, signed_in
from riskhub.web.errors import turned_away
from riskhub.web.rendering import UNPROCESSABLE, render_page
from riskhub.web.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def risk_merge(request: SignedInRequest, code: str) -> HttpResponse:
    """Into which one is offered by likeness, and anything else by number. `?into=` fills it in."""
    visible = Risk.objects.visible_to(request.user).for_page()
    risk = get_object_or_404(visible.coded(code))
    require(can_manage_department(request.user, risk.owner_department_id))
    if not risk.is_open:
        return _is_not_open(request, risk)
    initial = {"risk": request.GET.get("into", "")[:20]}
    form = RiskMergeForm(request.POST or None, user=request.user, merged=risk, initial=initial)
    blockers, status = closing_blockers(risk), None
    if request.method == "POST" and form.is_valid():
        into, reason = form.cleaned_data["risk"], form.cleaned_data["reason"]
        try:
            merge_risk(risk, into=into, by=request.user, reason=reason)
        except CannotClose as refusal:
            blockers, status = refusal.reasons, UNPROCESSABLE
        except WrongState:
            return _is_not_open(request, risk)
        except NotOpen as refusal:
            form.add_error("risk", str(refusal))
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            words = _("%(code)s is part of %(survivor)s now. Its number leads here.")
            messages.success(request, words % {"code": risk.code, "survivor": into.code})
            return redirect(into)
    context: dict[str, Any] = {"risk": risk, "form": form, "blockers": blockers}
    context["alikes"] = risks_like(request.user, f"{risk.title} {risk.event}", but=risk)
    return render_page(request, "registers/risk_merge.html", context, status=status)


def _is_not_open(request: SignedInRequest, risk: Risk) -> HttpResponse:
    words = _("%(code)s is closed or merged already.") % {"code": risk.code}
    return turned_away(request, words, risk)
