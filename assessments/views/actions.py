from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.forms.decisions import FinishForm
from assessments.permissions import can_finish_action, may_finish_action
from assessments.services import finish_action
from assessments.views.fetching import PAGE_METHODS, visible_action
from riskhub.audit.transitions import WrongState
from riskhub.web.access import require, signed_in
from riskhub.web.errors import conflict, turned_away
from riskhub.web.rendering import render_page
from riskhub.web.requests import SignedInRequest


@require_http_methods(PAGE_METHODS)
@signed_in
def action_finish(request: SignedInRequest, key: int) -> HttpResponse:
    """Done, with a word on what was done."""
    action = visible_action(request, key)
    require(may_finish_action(request.user, action))
    if not can_finish_action(request.user, action):
        words = _("This action is already “%(state)s”.") % {"state": action.get_state_display()}
        return turned_away(request, words, "assessments:plan_detail", action.plan.code)
    form = FinishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            finish_action(action, by=request.user, note=form.cleaned_data["note"])
        except WrongState as refusal:
            return conflict(request, str(refusal))
        messages.success(request, _("Done: %(title)s") % {"title": action.title})
        return redirect("assessments:plan_detail", action.plan.code)
    return render_page(request, "assessments/action_finish.html", {"action": action, "form": form})
