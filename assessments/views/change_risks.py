"""The risks of a process change, by hand."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.changes.page import page_of
from assessments.changes.permissions import can_add_change_risk, may_decide_change, may_write_change
from assessments.choices import ChangeState
from assessments.forms.changes import ChangeRiskForm, RemoveRiskForm
from assessments.services import add_change_risk, remove_change_risk
from assessments.views.fetching import PAGE_METHODS, visible_change, visible_risk
from registers.closing import NotOpen
from riskhub.audit.transitions import WrongState
from riskhub.web.access import require, signed_in
from riskhub.web.errors import conflict, turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_POST
@signed_in
def change_risk_add(request: SignedInRequest, code: str) -> HttpResponse:
    """By its code; once the change is handed in the risk is asked for at once."""
    change = visible_change(request, code)
    may = may_write_change if change.is_draft else may_decide_change
    require(may(request.user, change))
    if not can_add_change_risk(request.user, change):
        return turned_away(request, str(WrongState(change, ChangeState.DRAFT)), change)
    form = ChangeRiskForm(request.POST, user=request.user)
    if form.is_valid():
        try:
            add_change_risk(change, form.cleaned_data["risk"], by=request.user)
        except NotOpen as refusal:
            form.add_error("risk", str(refusal))
        except WrongState as refusal:
            return conflict(request, str(refusal))
        else:
            facts = {"risk": form.cleaned_data["risk"].code, "change": change.code}
            messages.success(request, _("%(risk)s is on the list of %(change)s.") % facts)
            return redirect(change)
    context = page_of(change, request.user) | {"risk_form": form}
    return render_page(request, "assessments/change_risk_add.html", context)


@require_http_methods(PAGE_METHODS)
@signed_in
def change_risk_remove(request: SignedInRequest, code: str) -> HttpResponse:
    """The risk that `?risk=` names is off the list of a draft, with the reason."""
    change = visible_change(request, code)
    require(may_write_change(request.user, change))
    risk = visible_risk(request, request.GET.get("risk", ""))
    if not change.is_draft:
        said = _("The change is submitted. The risk manager waives the task of the risk instead.")
        return turned_away(request, said, change)
    form = RemoveRiskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_change_risk(change, risk, by=request.user, reason=form.cleaned_data["reason"])
        except WrongState as refusal:
            return conflict(request, str(refusal))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            facts = {"risk": risk.code, "change": change.code}
            messages.success(request, _("%(risk)s is off the list of %(change)s.") % facts)
            return redirect(change)
    context = {"change": change, "risk": risk, "form": form}
    return render_page(request, "assessments/change_risk_remove.html", context)
